import SFSCore

/// Says why a folder is not used as the volume of a store: what was found, and what was expected.
struct VolumeRefusal {
    let folder: String
    let identity: VolumeIdentity
    /// The volume that it has to be, when that is known.
    var volume: String?

    func found(
        _ found: String, expected: String? = nil, remedy: String? = nil,
        cause: (any Error)? = nil
    ) -> SFSError {
        let expected =
            expected ?? volume.map { "volume \($0)" }
            ?? "a volume of cluster '\(identity.cluster)'"
        let remedy = remedy.map { "; \($0)" } ?? ""
        return SFSError(
            .configuration,
            "cannot use '\(folder)' for store '\(identity.store)': "
                + "found \(found), expected \(expected)\(remedy)",
            cause: cause)
    }

    /// - Throws: when `label` is of another cluster or another store.
    func checkOwner(of label: VolumeLabel) throws(SFSError) {
        guard label.clusterID == identity.clusterID else {
            throw found(
                "a volume of cluster '\(label.cluster)' (\(label.clusterID))",
                expected: "one of cluster '\(identity.cluster)' (\(identity.clusterID))")
        }
        guard label.store == identity.store else {
            throw found(
                "the volume of store '\(label.store)'", expected: "that of '\(identity.store)'",
                remedy: "are two disks swapped?")
        }
    }
}

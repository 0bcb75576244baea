package import SFSCore

/// The order to make a volume of an empty folder (`sfs store init`).
package struct StoreInitRequest: Sendable, Hashable, Codable {
    /// Absolute path of the folder, on the host of the daemon that is asked.
    package var folder: String
    /// Which store of the configuration; `nil` = the one whose `volume` is `folder`.
    package var store: MemberName?

    package init(folder: String, store: MemberName?) {
        self.folder = folder
        self.store = store
    }
}

/// What was made.
package struct StoreInitReply: Sendable, Hashable, Codable {
    package var store: MemberName
    package var folder: String
    /// The volume's identity, new with every label.
    package var volume: String

    package init(store: MemberName, folder: String, volume: String) {
        self.store = store
        self.folder = folder
        self.volume = volume
    }
}

package import SFSCore
import SFSFiles

/// A file in a volume's trash.
package struct TrashEntry: Sendable, Hashable {
    /// The content that it was.
    package let hash: ContentHash
    /// Of the replica that was removed.
    package let generation: Int32
    /// Bytes.
    package let size: Int64
    /// When it was put there.
    ///
    /// The kernel's time of the rename: the folder's name says no more than the day.
    package let removed: Timestamp
    /// The name of its folder, for example `20261122`.
    package let day: String
}

/// What the name of a file in the trash says: `<hex>.<generation>`, and perhaps `.<number>`.
struct TrashName {
    let hash: ContentHash
    let generation: Int32

    /// `nil` when it is not such a name.
    init?(_ name: String) {
        let fields = name.split(separator: ".", omittingEmptySubsequences: false)
        // A name that is none is nobody's, and stays.
        guard (2...3).contains(fields.count), let hash = try? ContentHash(parsing: fields[0]),
            hash.hex == fields[0], let generation = Int32(fields[1]), generation > 0
        else { return nil }
        self.hash = hash
        self.generation = generation
    }

    /// Whether `name` is that of the folder of a day.
    static func isDay(_ name: String) -> Bool {
        name.utf8.count == 8
            && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension TrashEntry {
    /// The file `name` with `status`, in the folder `day`.
    init(_ name: TrashName, _ status: FileStatus, day: String) {
        self.init(
            hash: name.hash, generation: name.generation, size: status.size,
            removed: status.changeTime, day: day)
    }
}

extension FileStatus {
    /// See `changed`; cut to milliseconds.
    var changeTime: Timestamp { Timestamp(milliseconds: changed / 1_000_000) }
}

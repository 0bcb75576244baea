/// What is under way when the process is killed.
enum Shape: String, CaseIterable, Sendable {
    /// No bytes.
    case empty
    /// One byte.
    case byte
    /// 300 KiB: two blocks of sums, more than one write.
    case small
    /// 3 MiB.
    case large
    /// Ten files of different sizes in one command, four at a time.
    case ten
    /// Bytes that are on every store but not in the catalog: the rename finds its name taken.
    case orphan
    /// Bytes that are known with all copies, sent nevertheless.
    case known
    /// One byte under an algorithm that was never used, so that stores must make its folders.
    case fresh

    // What is done with contents that are there; see `Scene+Deed.swift`.

    /// A third copy is made of each.
    case clone
    /// The third copy of each is removed.
    case removal
    /// They are deleted.
    case deletion
    /// All their copies are read again; one is rotten.
    case verify
    /// A rule bans a store that has them, and balance obeys.
    case balance
    /// A store that has some is drained.
    case drain

    /// Those that are puts.
    static let puts: [Shape] = [.empty, .byte, .small, .large, .ten, .orphan, .known, .fresh]
    /// Those that are not.
    static let deeds: [Shape] = [.clone, .removal, .deletion, .verify, .balance, .drain]

    /// Sizes of the files in bytes.
    var sizes: [Int] {
        switch self {
        case .empty: [0]
        case .byte, .fresh: [1]
        case .small, .orphan, .known: [300 << 10]
        case .large: [3 << 20]
        case .clone, .removal, .deletion, .verify, .balance, .drain: [5000, 300 << 10]
        case .ten: [1, 100, 4096, 5000, 65_536, 100_000, 262_144, 300_000, 700_000, 1_000_000]
        }
    }

    /// Options of the `sfs put` that is killed.
    var options: [String] {
        switch self {
        case .empty, .byte, .small, .large, .orphan: []
        case .clone, .removal, .deletion, .verify, .balance, .drain: []
        case .ten: ["-j", "4"]
        case .known: ["--no-precheck"]
        case .fresh: ["--hash", algorithm]
        }
    }

    /// What the files are hashed with; that of `fresh` is used by no other.
    var algorithm: String { self == .fresh ? "sha512" : "sha1" }

    /// The program that gives the same hash.
    var hashProgram: String { algorithm + "sum" }
}

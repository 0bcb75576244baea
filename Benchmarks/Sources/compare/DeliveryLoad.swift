import FoundationEssentials
import ProcessFixture

/// What a client asks for: how many files, of which size.
enum DeliveryLoad: Sendable, Hashable {
    /// Whole files that everyone may have.
    case files(Int, Int)
    /// Whole files for those who bought them.
    case plays(Int, Int)
    /// 64 KiB each, anywhere in large files.
    case ranges

    /// The requests of both sides, a line for each, in the same order.
    func requests(in arena: Arena) async throws -> (ours: [String], theirs: [String]) {
        switch self {
        case .files(let count, let size):
            let paths = try await arena.shelf.files(count, of: size).map(\.path)
            return (paths, paths)
        case .plays(let count, let size):
            let files = try await arena.shelf.files(count, of: size)
            return (
                try await Grants.ours(files, arena.cluster),
                try await Grants.theirs(files, arena.nginx)
            )
        case .ranges:
            let size = 256 << 20
            let length = 64 << 10
            let files = try await arena.shelf.files(2, of: size)
            // Viewers begin anywhere; where exactly comes from a fixed rule.
            let lines = (0..<500).map { number in
                let first = number * 7_919_777 % (size - length)
                return "\(files[number % 2].path) bytes=\(first)-\(first + length - 1)"
            }
            return (lines, lines)
        }
    }
}

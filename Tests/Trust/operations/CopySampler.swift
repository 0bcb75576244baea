import Evidence
import Foundation
import Glibc
import ProcessFixture

/// Looks again and again how few copies a content has, in the catalog and on the disks.
struct CopySampler: Sendable {
    /// The fewest that were seen.
    struct Lowest: Sendable {
        var looks = 0
        var counted = Int.max
        var onDisks = Int.max
    }

    /// So many contents are looked for on the disks, which takes a few milliseconds.
    private static let contentsMaximum = 200
    private static let interval: Duration = .milliseconds(50)

    private let server: PostgresServer
    private let volumes: [String]
    private let hashes: [String]

    init(_ stage: Stage) {
        server = stage.server
        volumes = stage.audit.folders
        let step = max(1, stage.acked.count / Self.contentsMaximum)
        hashes = stride(from: 0, to: stage.acked.count, by: step).map { stage.acked[$0] }
    }

    /// Looks until it is cancelled.
    func sample() async throws -> Lowest {
        var lowest = Lowest()
        do {
            while true {
                let start = ContinuousClock.now
                let rows = try await server.query(
                    "SELECT coalesce(min(cardinality(stores)), 99) FROM content",
                    in: Stage.database)
                lowest.counted = min(
                    lowest.counted, rows.first?.first.flatMap { Int($0) } ?? 0)
                for hash in hashes { lowest.onDisks = min(lowest.onDisks, copies(of: hash)) }
                lowest.looks += 1
                try await Task.sleep(until: start + Self.interval)
            }
        } catch is CancellationError {
            return lowest
        }
    }

    /// Disks that have a file called `hash`.
    ///
    /// One look goes from disk to disk, and may miss a copy that moves meanwhile from one that
    /// comes later to one that came before. So few are looked at again: what is lost stays lost
    /// for longer than that.
    private func copies(of hash: String) -> Int {
        let places = volumes.map { "\($0)/content/sha1/\(hash.prefix(2))/\(hash)" }
        var most = 0
        for _ in 0..<3 where most < 2 {
            most = max(most, places.count { access($0, F_OK) == 0 })
        }
        return most
    }
}

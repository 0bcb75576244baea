import Glibc
import SFSCore

/// Measures single parts by themselves, a line for each; arguments choose among them by name.
@main
enum Micro {
    /// A group of measurements that have something in common.
    typealias Group = @Sendable () async throws -> Void

    private static let groups: [(name: String, run: Group)] = [
        ("hash", HashMeasurements.run), ("write", WriteMeasurements.run),
        ("catalog", CatalogMeasurements.run), ("parse", PureMeasurements.parse),
        ("place", PureMeasurements.place),
    ]

    static func main() async {
        let wanted = CommandLine.arguments.dropFirst()
        let chosen = groups.filter { wanted.isEmpty || wanted.contains($0.name) }
        guard !chosen.isEmpty else {
            Measured.note("usage: micro [\(groups.map(\.name).joined(separator: "|"))...]")
            exit(64)
        }
        do {
            for group in chosen { try await group.run() }
        } catch {
            Measured.note("micro: \(error)")
            exit(1)
        }
    }
}

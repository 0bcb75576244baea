import Glibc

/// Measures single parts by themselves, a line for each; arguments choose among them by name.
@main
enum Micro {
    /// Measurements that have something in common.
    private enum Group: String, CaseIterable {
        case hash
        case write
        case catalog
        case size
        case parse
        case place

        func run() async throws {
            switch self {
            case .hash: try HashMeasurements.run()
            case .write: try await WriteMeasurements.run()
            case .catalog: try await CatalogMeasurements.run()
            case .size: try await CatalogMeasurements.size()
            case .parse: try PureMeasurements.parse()
            case .place: try PureMeasurements.place()
            }
        }
    }

    static func main() async {
        let wanted = CommandLine.arguments.dropFirst()
        let groups = Group.allCases.filter { wanted.isEmpty || wanted.contains($0.rawValue) }
        guard !groups.isEmpty else {
            let names = Group.allCases.map(\.rawValue).joined(separator: "|")
            Measured.note("usage: micro [\(names)]...")
            exit(64)
        }
        do {
            for group in groups { try await group.run() }
        } catch {
            Measured.note("micro: \(error)")
            exit(1)
        }
    }
}

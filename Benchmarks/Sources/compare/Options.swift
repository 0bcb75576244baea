import Glibc
import ProcessFixture

/// What the command line says.
struct Options: Sendable {
    /// Names of the rows to be measured, or of their groups; empty = all.
    var rows: [String] = []
    /// How often each side has its turn.
    var pairs = 5
    /// How long one turn under load lasts.
    var seconds = 1
    /// Threads that serve connections, and workers of nginx.
    ///
    /// Half of the processors unless it is said: the client, on the same machine, needs the others.
    var workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2)
    /// Files that inventory and verify go over.
    var files = 100_000
    /// Where to write the results as JSON.
    var json: String?
    /// Whether the folder with everything stays.
    var keep = false
    /// Where the folder with everything is made.
    var folder = "/tmp"

    /// Whether only the usage is asked for.
    var isHelp = false

    static let usage = """
        usage: compare [OPTION...]
          --rows NAME,...  which rows; or what comes before the first '-' of several [all]
          --pairs N        how often each side has its turn [5]
          --seconds N      how long a turn under load lasts [1]
          --workers N      threads for connections on both sides [half of the processors]
          --files N        files for inventory and verify [100000]
          --folder DIR     where the folder with everything is made [/tmp]
          --keep           leaves that folder
          --json FILE      writes the results there, too
        rows: \(Rows.all.map(\.name).joined(separator: " "))
        """

    /// Reads the options.
    ///
    /// - Throws: `FixtureError` with what is wrong.
    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            if option == "--keep" || option == "--help" {
                if option == "--keep" { keep = true } else { isHelp = true }
                continue
            }
            guard option.hasPrefix("--"), let value = rest.popFirst() else {
                throw FixtureError("'\(option)' is unknown or has no value\n\(Self.usage)")
            }
            switch option {
            case "--rows": rows += value.split(separator: ",").map(String.init)
            case "--pairs": pairs = try Self.number(value, of: option, in: 1...99)
            case "--seconds": seconds = try Self.number(value, of: option, in: 1...60)
            case "--workers": workers = try Self.number(value, of: option, in: 1...64)
            case "--files": files = try Self.number(value, of: option, in: 1...10_000_000)
            case "--json": json = value
            case "--folder": folder = value
            default: throw FixtureError("'\(option)' is not an option\n\(Self.usage)")
            }
        }
    }

    /// Those of `all` that are asked for: by name, or by what comes before the first `-` of it.
    func chosen(_ all: [Row]) throws -> [Row] {
        for name in rows where !all.contains(where: { $0.isMeant(by: name) }) {
            throw FixtureError("there is no row '\(name)'\n\(Self.usage)")
        }
        return rows.isEmpty ? all : all.filter { row in rows.contains(where: row.isMeant) }
    }

    private static func number(
        _ text: String, of option: String, in range: ClosedRange<Int>
    ) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw FixtureError(
                "'\(text)' for '\(option)' is not from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

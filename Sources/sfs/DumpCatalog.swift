import ArgumentParser
import SFSClient
import SFSCore
import SystemPackage

/// `sfs catalog dump [FILE]`: all contents and rules as text.
struct DumpCatalog: Verb {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Write the catalog as JSON, one object per line.",
        discussion: "A file appears under its name only once it is complete.")

    @Argument(
        help: ArgumentHelp(
            "Where to; '-' is standard output, and so is nothing.", valueName: "file"),
        completion: .file())
    var file: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if file?.isEmpty ?? false { throw ValidationError("the name of the file is empty") }
    }

    func run(_ session: Session) async throws -> Answer {
        let dump = CatalogDump(session.prism)
        guard let file, file != "-" else {
            try await dump.forEachPiece { piece in
                // Each piece ends with the line break that `line` adds.
                if !piece.isEmpty { try session.output.line(Array(piece.dropLast())) }
            }
            return .yes
        }
        let path = FilePath(bytes: RawText.bytes(of: file))
        let size = try await dump.save(as: path)
        if session.output.isJSON {
            try session.output.json(Report(name: path.string, size: size))
        } else {
            session.output.note("'\(path)' has \(ByteCount(size))")
        }
        return .yes
    }

    /// What was written; one JSON object.
    private struct Report: Encodable {
        let name: String
        let size: Int64
    }
}

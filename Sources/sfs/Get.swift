import ArgumentParser
import Glibc
import SFSClient
import SFSCore
import SFSWire
import SystemPackage

/// `sfs get HASH`: fetches a content, or a part of one.
struct Get: Verb {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Get a content from the cluster.",
        discussion: "The file appears under its name only once it is complete and verified.")

    @Argument(help: ArgumentHelp("What to get.", valueName: "hash"))
    var hash: String

    @Option(
        name: [.customShort("o", allowingJoined: true), .customLong("output")],
        help: ArgumentHelp(
            "Write to this file; '-' is standard output. Without it, to the hash with its extension.",
            valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Get only these bytes, counted from 0: 0-99, 100- or -5. Not verified as a whole.",
            valueName: "range"))
    var range: String?

    @Flag(help: "Keep what came when it is cut, and go on with what an earlier run kept.")
    var resume = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if output?.isEmpty ?? false { throw ValidationError("the name of the output is empty") }
        if let range, ByteRange(parsing: range) == nil {
            throw ValidationError("'\(range)' is not a range; write for example 0-99, 100- or -5")
        }
        if resume, range != nil { throw ValidationError("--resume and --range exclude each other") }
        if resume, output == "-" { throw ValidationError("standard output cannot be resumed") }
    }

    func run(_ session: Session) async throws -> Answer {
        let hash = try ContentHash(parsing: hash)
        let range = range.flatMap { ByteRange(parsing: $0) }
        // A part must never lie under the name of the whole.
        let name = output ?? (range == nil ? nil : "-")
        let path: FilePath?
        if name == "-" {
            path = nil
        } else if let name {
            path = FilePath(bytes: RawText.bytes(of: name))
        } else {
            path = try await Self.usualName(of: hash, session.prism)
        }
        let size = try await Progress.showing(session.output) { progress in
            let transfer = try FileTransfer(session.prism, width: 1, observer: progress)
            let download = FileDownload(hash, range: range, for: transfer)
            do {
                let size =
                    if let path {
                        try await download.save(as: path, resume: resume)
                    } else {
                        try await download.write(to: STDOUT_FILENO)
                    }
                await transfer.shutdown()
                return size
            } catch {
                await transfer.shutdown()
                throw error
            }
        }
        if let path { try show(Report(hash: hash, name: path.string, size: size), path, session) }
        return .yes
    }

    /// What was written; one JSON object.
    private struct Report: Encodable {
        let hash: ContentHash
        let name: String
        let size: Int64
    }

    private func show(_ report: Report, _ path: FilePath, _ session: Session) throws {
        if session.output.isJSON {
            try session.output.json(report)
        } else {
            try session.output.line(Printable.named(report.hash, path.bytes))
        }
    }

    private static func usualName(
        of hash: ContentHash, _ prism: PrismClient
    ) async throws -> FilePath {
        let kept = try await prism.detail(hash).content.mimeExtension
        let isFit = !kept.isEmpty && ContentAttributes.isExtension(kept)
        return FilePath(isFit ? "\(hash).\(kept)" : hash.hex)
    }
}

import ArgumentParser
import SFSClient
import SFSCore

/// `sfs put FILE…`: takes files into the cluster.
struct Put: Verb {
    static let configuration = CommandConfiguration(
        commandName: "put", abstract: "Put files into the cluster.",
        discussion: "Prints the hash and the name of each file once it is safe.")

    @Argument(
        help: ArgumentHelp("What to put; '-' is standard input.", valueName: "file"),
        completion: .file())
    var files: [String] = []

    @Flag(name: .shortAndLong, help: "Put the files in folders, and in folders in those.")
    var recursive = false

    @OptionGroup var list: ListOptions

    @Option(
        help: ArgumentHelp(
            "Name contents by this hash: \(HashAlgorithm.names).", valueName: "algorithm"),
        completion: .list(HashAlgorithm.allCases.map(\.rawValue)))
    var hash: HashAlgorithm?

    @Option(help: ArgumentHelp("Refuse the file if this is not its hash.", valueName: "hash"))
    var expect: String?

    @Option(help: ArgumentHelp("Keep this many copies.", valueName: "count"))
    var copies: Int?

    @Option(
        help: ArgumentHelp("Keep this extension, not that of the name.", valueName: "extension"))
    var ext: String?

    @Option(
        help: ArgumentHelp("Keep this media type, not that of the extension.", valueName: "type"))
    var type: String?

    @Flag(help: "Send without asking first whether the content is there.")
    var noPrecheck = false

    @Option(
        name: [.customShort("j", allowingJoined: true), .customLong("parallel")],
        help: ArgumentHelp(
            "Work on this many files at once. Without it one for each processor, at least 4, and 32 "
                + "where all are small.",
            valueName: "count"))
    var parallel: Int?

    @OptionGroup var global: GlobalOptions

    /// After the last byte the whole file is brought to several disks before the answer comes.
    var stallTimeout: Duration { .seconds(300) }

    /// Each file at once costs a connection, a descriptor and a few MiB.
    static let parallelMaximum = 64
    private static let copiesMaximum = 100

    func validate() throws {
        try list.validate(against: files)
        if expect != nil, list.isGiven || recursive || files.count != 1 {
            throw ValidationError("--expect is for one file")
        }
        if let copies, !(1...Self.copiesMaximum).contains(copies) {
            throw ValidationError("--copies must be from 1 to \(Self.copiesMaximum)")
        }
        guard (1...Self.parallelMaximum).contains(parallel ?? 1) else {
            throw ValidationError("-j must be from 1 to \(Self.parallelMaximum)")
        }
        if let ext, ext.isEmpty || !ContentAttributes.isExtension(ext) {
            throw ValidationError("'\(ext)' is not an extension; use up to 32 letters and digits")
        }
        if let type, !ContentAttributes.isMediaType(type) {
            throw ValidationError("'\(type)' is not a media type; write for example video/mp4")
        }
        if files.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("standard input can be put once")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        let sources = PutSources(
            try list.lines(or: files), isRecursive: recursive, takesInput: !list.isGiven)
        let policy = try PutPolicy(self)
        return try await Progress.showing(session.output) { progress in
            let transfer = try FileTransfer(
                session.prism, width: policy.width, observer: progress)
            let batches = PutBatches(
                policy: policy, transfer: transfer, session: session, progress: progress)
            do {
                let answer = try await batches.put(sources)
                await transfer.shutdown()
                return answer
            } catch {
                await transfer.shutdown()
                throw error
            }
        }
    }
}

extension HashAlgorithm: ExpressibleByArgument {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

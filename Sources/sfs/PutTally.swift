import SFSClient
import SFSCore
import SFSWire

/// A file that is in the cluster now.
struct PutResult: Sendable {
    let upload: FileUpload
    let content: ContentReply
    /// `false` when it was there before and no bytes were sent.
    let wasSent: Bool
}

extension PutResult: Encodable {
    private enum Key: String, CodingKey { case name, sent }

    /// The fields of `ContentReply`, and `name` and `sent`.
    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(upload.name, forKey: .name)
        try container.encode(wasSent, forKey: .sent)
    }
}

/// Shows each result as it comes, and knows in the end how it went.
struct PutTally {
    private var tally: Tally

    init(output: Output) {
        tally = Tally(output: output)
    }

    /// Prints the result or the error of the next file.
    mutating func add(_ outcome: Result<PutResult, SFSError>) throws {
        switch outcome {
        case .failure(let error): tally.fail(error)
        case .success(let result):
            tally.succeed()
            if tally.output.isJSON { return try tally.output.json(result) }
            let name = result.upload.path?.bytes ?? Array("-".utf8)
            try tally.output.line(Printable.named(result.content.hash, name))
        }
    }

    func answer() -> Answer { tally.answer("files were not put") }
}

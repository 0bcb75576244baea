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

/// Shows each result as it comes, counts, and knows in the end how it went.
struct PutTally {
    let output: Output
    private var count = 0
    private var failures = 0
    private var firstFailure: ErrorCode?

    init(output: Output) {
        self.output = output
    }

    /// Prints the result or the error of the next file.
    mutating func add(_ outcome: Result<PutResult, SFSError>) throws {
        count += 1
        switch outcome {
        case .failure(let error):
            failures += 1
            firstFailure = firstFailure ?? error.code
            output.fail(error)
        case .success(let result):
            if output.isJSON { return try output.json(result) }
            let name = result.upload.path?.bytes ?? Array("-".utf8)
            try output.line(Printable.named(result.content.hash, name))
        }
    }

    /// One file that fails gives its own status, some of several give `partial`.
    func answer() -> Answer {
        guard let firstFailure else { return .yes }
        guard count > 1 else { return .failed(firstFailure) }
        output.fail(SFSError(.partial, "\(failures) of \(count) files were not put"))
        return .failed(.partial)
    }
}

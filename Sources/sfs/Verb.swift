import ArgumentParser
import SFSClient
import SFSCore

/// A command that asks a cluster something.
protocol Verb: ParsableCommand, Sendable {
    var global: GlobalOptions { get }
    /// How long the daemon may think before its answer, and take none of what is sent.
    var stallTimeout: Duration { get }
    /// How long a question and its answer may take that bring no content.
    var answerTimeout: Duration { get }

    /// Does it.
    ///
    /// - Throws: `SFSError`, which is shown and gives the exit status; `ReaderGone`.
    func run(_ session: Session) async throws -> Answer
    /// Does it, as `run`, until somebody interrupts it.
    ///
    /// - Throws: `Interruption`; what `run` throws.
    func perform(_ session: Session) async throws -> Answer
}

extension Verb {
    /// Enough for every question that moves no bytes.
    var stallTimeout: Duration { .seconds(30) }

    var answerTimeout: Duration { HTTPLimits().answerTimeout }

    func perform(_ session: Session) async throws -> Answer {
        try await Interruption.cancelling { try await run(session) }
    }
}

/// How a verb ended, if it did not throw.
enum Answer: Sendable, Hashable {
    /// All is done, or the answer is yes.
    case yes
    /// The answer is no.
    case no
    /// It failed, and the user has been told.
    case failed(ErrorCode)

    var exitStatus: Int32 {
        switch self {
        case .yes: 0
        case .no: ErrorCode.notFound.exitStatus
        case .failed(let code): code.exitStatus
        }
    }
}

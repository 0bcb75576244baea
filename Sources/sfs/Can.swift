import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs can stop|retire STORE`: asks by exit status whether a store may go.
struct Can: Verb {
    static let configuration = CommandConfiguration(
        commandName: "can", abstract: "Ask whether a store may be stopped or retired.",
        discussion: """
            Exits with 0 when it may and with 1 when not. A yes holds for a quarter of an hour, \
            in which other stores get a no if both were too many.
            """)

    @Argument(help: ArgumentHelp("What for: stop or retire.", valueName: "purpose"))
    var purpose: StorePurpose

    @Argument(
        help: ArgumentHelp("Which.", valueName: "store"), completion: LiveNames.stores.completion)
    var store: MemberName

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let reply = try await session.prism.can(purpose, store)
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            let reason = reply.reason.isEmpty ? "" : ": \(Printable.line(reply.reason))"
            try session.output.line((reply.answer ? "yes" : "no") + reason)
            if let until = reply.holdsUntil {
                session.output.note("this holds until \(until)")
            }
        }
        return reply.answer ? .yes : .no
    }
}

import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs verify`: reads replicas from their disks and compares them with their hashes.
struct Verify: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read replicas again and compare them with their hash.",
        discussion: """
            A bad one goes to quarantine and is replaced. Exits with 0 when all are good, with 1 \
            when a bad or missing one was found, with 3 when some could not be looked at.
            """)

    @OptionGroup var contents: HashList
    @OptionGroup var choice: StoreChoice

    @Option(
        help: ArgumentHelp(
            "Only what was not verified since: 2026-11-22, 2026-11-22T09:30:00Z, or 7d ago.",
            valueName: "time"))
    var since: Moment?

    @Flag(help: "Also what was verified lately.")
    var force = false

    @Option(
        help: ArgumentHelp("Read so many bytes a second at each store, at most.", valueName: "rate")
    )
    var bwlimit: Rate?

    @Flag(help: "Do not wait until it is done.")
    var detach = false

    @Flag(exclusivity: .exclusive)
    var action: PassAction?

    @OptionGroup var global: GlobalOptions

    private static let batchMaximum = 100

    func validate() throws {
        guard choice.count + (contents.isGiven ? 1 : 0) == 1 else {
            throw ValidationError("say which: hashes, --input, --store, --zone or --all")
        }
        try contents.checkIfGiven()
        let isForStores = since != nil || bwlimit != nil || detach || action != nil
        if contents.isGiven, isForStores {
            throw ValidationError("hashes go with --force alone")
        }
        if action != nil, since != nil || bwlimit != nil || detach || force {
            throw ValidationError("--\(action?.rawValue ?? "") begins nothing; leave the rest out")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        if contents.isGiven { return try await verifyContents(session) }
        let run = PassRun(kind: .verify, choice: choice, session: session)
        if let action { return try await run.act(action) }
        let options = PassOptions(
            force: force, since: since?.time, bandwidth: bwlimit?.bytesPerSecond)
        return try await run.begin(options, isDetached: detach)
    }

    private func verifyContents(_ session: Session) async throws -> Answer {
        var worst = Answer.yes
        try await contents.forEachBatch(of: Self.batchMaximum) { batch in
            let order = VerifyOrder(hashes: batch, force: force)
            for replica in try await session.prism.verify(order) {
                try show(replica, session.output)
                switch replica.result {
                case .good: break
                case .bad, .missing: if worst == .yes { worst = .no }
                case .unknown: worst = .failed(.partial)
                }
            }
        }
        return worst
    }

    private func show(_ replica: VerifyReply.Replica, _ output: Output) throws {
        if output.isJSON { return try output.json(replica) }
        let words = [
            replica.hash.hex, replica.store?.text ?? "-", replica.result.rawValue,
            replica.problem.map { Printable.line($0) },
        ]
        try output.line(words.compactMap(\.self).joined(separator: " "))
    }
}

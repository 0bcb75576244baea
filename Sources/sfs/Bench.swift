import ArgumentParser
import SFSClient
import SFSCore

/// `sfs bench`: how fast a cluster is, seen from here.
struct Bench: Verb {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how fast the cluster is, seen from here.",
        discussion: """
            Puts contents of its own, reads and sells them, and removes them at the end, also when \
            it is interrupted.
            """)

    @Argument(
        help: ArgumentHelp(
            "What to measure: \(BenchMode.names). All, in this order, when none is named.",
            valueName: "mode"),
        completion: .list(BenchMode.allCases.map(\.rawValue)))
    var modes: [BenchMode] = []

    @Option(help: ArgumentHelp("Bytes of each content.", valueName: "size"))
    var size = Size(bytes: 1 << 20)

    @Option(help: ArgumentHelp("Bytes of each range.", valueName: "size"))
    var rangeSize = Size(bytes: 64 << 10)

    @Option(
        name: [.customShort("j", allowingJoined: true), .customLong("concurrency")],
        help: ArgumentHelp("Requests at once.", valueName: "count"))
    var concurrency = 16

    @Option(help: ArgumentHelp("How long each mode lasts: 10s, 2m.", valueName: "duration"))
    var duration = Life(seconds: 10)

    @Option(help: ArgumentHelp("End a mode after so many bytes.", valueName: "size"))
    var maxBytes = Size(bytes: 1 << 30)

    @Option(help: ArgumentHelp("End a mode after so many requests.", valueName: "count"))
    var maxRequests = 100_000

    @Flag(help: "Measure nothing; remove what a run that was killed has left.")
    var clean = false

    @OptionGroup var global: GlobalOptions

    /// A put is answered when several disks have it.
    var stallTimeout: Duration { .seconds(120) }

    private static let concurrencyMaximum = 256
    private static let secondsMaximum: Int64 = 3600
    private static let requestsMaximum = 10_000_000
    private static let bytesMaximum: Int64 = 1 << 40
    /// For contents to be removed and purchases to be revoked.
    private static let cleaningTime: Duration = .seconds(60)

    func validate() throws {
        guard (1...Self.concurrencyMaximum).contains(concurrency) else {
            throw ValidationError("-j must be from 1 to \(Self.concurrencyMaximum)")
        }
        // Whatever is measured comes to an end.
        guard duration.seconds <= Self.secondsMaximum else {
            throw ValidationError("--duration must be from 1s to 1h")
        }
        guard (1...Self.requestsMaximum).contains(maxRequests) else {
            throw ValidationError("--max-requests must be from 1 to \(Self.requestsMaximum)")
        }
        guard maxBytes.bytes <= Self.bytesMaximum else {
            throw ValidationError("--max-bytes must be from 1 to 1TiB")
        }
        guard size.bytes <= maxBytes.bytes else {
            throw ValidationError("--max-bytes is less than one content has")
        }
        if clean, !modes.isEmpty { throw ValidationError("--clean measures nothing") }
    }

    func perform(_ session: Session) async throws -> Answer {
        let trail = BenchTrail(prism: session.prism)
        guard !clean else {
            return try await Interruption.cancelling {
                let count = try await trail.removeLeftOvers()
                try session.output.line("contents removed: \(count)")
                return .yes
            }
        }
        let answer: Answer
        do {
            // Longer than cleaning up may take: that says what is left.
            let patience = Self.cleaningTime + .seconds(10)
            answer = try await Interruption.cancelling(patience: patience) {
                try await measure(session, trail)
            }
        } catch {
            // What went wrong first is told.
            try? await clean(trail, wasCut: true, session)
            throw error
        }
        try await clean(trail, wasCut: false, session)
        return answer
    }

    /// Removes what was made, in a time; where that fails it says how it can be done later.
    private func clean(_ trail: BenchTrail, wasCut: Bool, _ session: Session) async throws {
        do {
            try await Interruption.cancelling {
                try await withTimeLimit(Self.cleaningTime, "the cluster") {
                    try await trail.clean(wasCut: wasCut)
                }
            }
        } catch {
            let reason = (error as? SFSError)?.message ?? "interrupted"
            session.output.note(
                "cannot clean up: \(reason); try again with 'sfs bench --clean'")
            throw error
        }
    }

    func run(_ session: Session) async throws -> Answer {
        try await perform(session)
    }

    private func measure(_ session: Session, _ trail: BenchTrail) async throws -> Answer {
        let run = BenchRun(
            prism: session.prism, trail: trail, size: size.bytes, rangeSize: rangeSize.bytes,
            bounds: BenchBounds(
                concurrency: concurrency, duration: .seconds(duration.seconds),
                bytesMaximum: maxBytes.bytes, requestsMaximum: maxRequests),
            daemon: DaemonTime(try Endpoint(global, environment: Environment.value(of:)).address))
        var reports: [BenchReport] = []
        do {
            for mode in modes.isEmpty ? BenchMode.allCases : modes {
                if !session.output.isQuiet { session.output.note("measuring \(mode.rawValue)") }
                let report = try await run.measure(mode)
                reports.append(report)
                if session.output.isJSON { try session.output.json(report) }
            }
        } catch {
            // What is through is of use; that there is no more is told by whoever called.
            try? show(reports, session)
            throw error
        }
        try show(reports, session)
        return reports.allSatisfy { $0.errors == 0 } ? .yes : .failed(.partial)
    }

    private func show(_ reports: [BenchReport], _ session: Session) throws {
        if !session.output.isJSON, !reports.isEmpty {
            for line in Table.lines([BenchReport.heading] + reports.map(\.cells)) {
                try session.output.line(line)
            }
        }
        for report in reports {
            guard let problem = report.problem else { continue }
            session.output.note("\(report.mode.rawValue): \(report.errors) failed: \(problem)")
        }
    }
}

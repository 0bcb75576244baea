import Dispatch
import Glibc
import ProcessFixture

/// Runs StretchFS and what it is measured against, in turns, and prints who was how fast.
@main
enum Compare {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            guard !options.isHelp else { return Output.line(Options.usage) }
            try await untilSignal { try await measure(options) }
        } catch is CancellationError {
            Output.note("compare: interrupted")
            exit(130)
        } catch {
            Output.note("compare: \(error)")
            exit(2)
        }
    }

    private static func measure(_ options: Options) async throws {
        let rows = try options.chosen(Rows.all)
        let results = try await Arena.with(options) { arena in
            var results: [RowResult] = []
            for row in rows {
                Output.note("compare: \(row.name)")
                let start = ContinuousClock.now
                do {
                    let result = try await Duel(row: row, arena: arena).fight()
                    let time = start.duration(to: .now).components.seconds
                    Output.note("    \(result.line) (\(time) s)")
                    results.append(result)
                } catch let error as FixtureError {
                    // The other rows are still of use.
                    Output.note("    failed: \(error)")
                    results.append(RowResult(failed: row, because: "\(error)"))
                }
            }
            return results
        }
        for line in ResultTable.lines(results, options) { Output.line(line) }
        if let path = options.json { try ResultTable.write(results, to: path) }
        guard results.allSatisfy({ $0.failure == nil }) else { exit(1) }
    }

    /// Runs `body`, and cancels it when SIGINT, SIGTERM or SIGHUP comes, so that it cleans up.
    private static func untilSignal(
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let (signals, input) = AsyncStream<CInt>.makeStream()
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { input.yield(number) }
            source.activate()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await _ in signals { throw CancellationError() }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

import SFSCore

/// One line about long work, shown while it goes on.
///
/// On a terminal in place, several times a second; elsewhere a line every 30 seconds; not at all
/// when the user wants quiet.
enum LiveLine {
    private static let terminalInterval = Duration.milliseconds(200)
    private static let lineInterval = Duration.seconds(30)

    /// Runs `body`, and shows what `line` gives until it has ended; `nil` = nothing to show yet.
    static func showing<Value: Sendable>(
        _ output: Output, line: @escaping @Sendable () -> String?, _ body: () async throws -> Value
    ) async throws -> Value {
        guard !output.isQuiet else { return try await body() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let interval = Output.isTerminal ? terminalInterval : lineInterval
                while true {
                    try await Task.sleep(for: interval)
                    if let line = line() { output.progress(line) }
                }
            }
            defer {
                group.cancelAll()
                output.clearProgress()
            }
            return try await body()
        }
    }
}

import Glibc
import SFSCore
import SFSWire

/// A report that is shown again and again: in place on a terminal, one after the other elsewhere.
struct LiveScreen {
    /// One showing.
    struct Frame {
        /// For a person.
        let lines: [String]
        /// The same as JSON.
        let json: [UInt8]

        init(lines: [String], value: some Encodable) throws(SFSError) {
            self.lines = lines
            json = try JSON.encode(value)
        }
    }

    let output: Output
    /// From one showing to the next.
    let interval: Duration
    /// How often; `nil` = until somebody stops it.
    var count: Int?

    /// Shows what `frame` gives until `q` is pressed, or it was shown often enough.
    ///
    /// A failure after the first showing is shown too, and it goes on: the cluster may come back.
    func run(_ frame: () async throws -> Frame) async throws {
        let isOnScreen = Output.isResultTerminal && !output.isJSON
        var last = try await frame()
        func loop() async throws {
            // Not before keys are read: what is typed at the first sight of it counts.
            try show(last.lines, last.json, isOnScreen)
            var shown = 1
            while shown < count ?? .max, try await !isStopped(isOnScreen) {
                do {
                    last = try await frame()
                    try show(last.lines, last.json, isOnScreen)
                } catch let error as SFSError {
                    guard isOnScreen else {
                        output.fail(error)
                        continue
                    }
                    try show(["! \(Printable.line(error.message))", ""] + last.lines, [], true)
                }
                shown += 1
            }
        }
        if isOnScreen { try await Terminal.withKeys(loop) } else { try await loop() }
    }

    private func show(_ lines: [String], _ json: [UInt8], _ isOnScreen: Bool) throws {
        if isOnScreen {
            try output.screen(Self.fitted(lines))
        } else if output.isJSON {
            try output.line(json)
        } else {
            try output.line((lines + [""]).joined(separator: "\n"))
        }
    }

    /// Waits for the next showing; whether there shall be none.
    private func isStopped(_ isOnScreen: Bool) async throws -> Bool {
        guard isOnScreen else {
            try await Task.sleep(for: interval)
            return false
        }
        return try await Terminal.key(within: interval) == UInt8(ascii: "q")
    }

    /// As many of `lines`, and as much of each, as the terminal can show.
    private static func fitted(_ lines: [String]) -> [String] {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1, size.ws_col > 0
        else { return lines }
        // The last row stays free, or the terminal would scroll.
        return lines.prefix(Int(size.ws_row) - 1).map { String($0.prefix(Int(size.ws_col))) }
    }
}

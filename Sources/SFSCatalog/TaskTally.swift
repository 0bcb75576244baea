/// How many tasks there are.
package struct TaskTally: Sendable, Hashable {
    package var waiting: Int64
    package var running: Int64
    package var paused: Int64
    /// The poison list.
    package var failed: Int64
    /// Bytes that the waiting and the running ones have still to move.
    package var bytes: Int64

    package init(waiting: Int64, running: Int64, paused: Int64, failed: Int64, bytes: Int64) {
        self.waiting = waiting
        self.running = running
        self.paused = paused
        self.failed = failed
        self.bytes = bytes
    }
}

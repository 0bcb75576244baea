import SFSCore
import Synchronization

/// Tells the time to those who wait, ten times a second, from a thread of its own: time-outs hold
/// even while another thread is stuck in a call that blocks, such as a name look-up.
final class PostgresClock: Sendable {
    private let isStopped = Mutex(false)
    private let wake: WakeSignal
    private let thread = Mutex<DedicatedThread?>(nil)

    private static let tick: Duration = .milliseconds(100)

    /// Starts to call `body` with the time.
    init(_ body: @escaping @Sendable (ContinuousClock.Instant) -> Void) throws(SFSError) {
        wake = try WakeSignal()
        let started = try DedicatedThread(name: "postgres-clock") {
            while !self.isStopped.withLock({ $0 }) {
                SocketWait.wait(self.wake, until: .now + Self.tick)
                body(.now)
            }
        }
        thread.withLock { $0 = started }
    }

    /// Ends the thread, without waiting for it.
    func stop() {
        isStopped.withLock { $0 = true }
        wake.signal()
    }

    /// Returns when the thread has ended, after `stop()`.
    func stopped() async throws {
        try await thread.withLock { $0 }?.ended()
    }
}

import Glibc

/// Waiting for a socket or for another thread, whichever comes first.
enum SocketWait {
    /// Waits until `descriptor` is ready for one of `events` or `wake` was signalled, and says
    /// whether the descriptor is; gives up at `deadline` (`nil` = never).
    static func wait(
        _ descriptor: Int32, for events: Int32, wake: WakeSignal,
        until deadline: ContinuousClock.Instant?
    ) -> Bool {
        var waits = [
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(events), revents: 0),
        ]
        _ = unsafe poll(&waits, 2, milliseconds(until: deadline))
        if waits[0].revents != 0 { wake.clear() }
        return waits[1].revents != 0
    }

    /// Waits until `wake` was signalled or `deadline` has come (`nil` = never).
    static func wait(_ wake: WakeSignal, until deadline: ContinuousClock.Instant?) {
        // poll(2) leaves a negative descriptor out.
        _ = wait(-1, for: 0, wake: wake, until: deadline)
    }

    static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let rest = (deadline - ContinuousClock.now).milliseconds + 1
        return Int32(clamping: max(0, rest))
    }
}

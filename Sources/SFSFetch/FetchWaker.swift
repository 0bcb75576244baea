import CCurl

/// Wakes the thread of a fetch where it waits for its connection.
// SAFETY: curl_multi_wakeup(3) may be called from any thread; `FetchPipe` calls it under its lock
// and forgets it before the handle is freed.
struct FetchWaker: @unchecked Sendable {
    private let loop: UnsafeMutableRawPointer

    init(_ loop: UnsafeMutableRawPointer) {
        self.loop = loop
    }

    func wake() {
        curl_multi_wakeup(loop)
    }
}

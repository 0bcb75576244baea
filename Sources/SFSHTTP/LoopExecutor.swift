import NIOCore

/// Runs a task on the thread of an event loop, in the loop's pauses.
///
/// What goes to and fro between a connection and its handler then needs no other thread, and no
/// waking of one.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

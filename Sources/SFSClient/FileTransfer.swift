package import SFSCore
import SFSFiles

/// Moves files between this machine and a cluster.
///
/// Files are read and written on threads of its own. `shutdown()` must be called when all is done.
package final class FileTransfer: Sendable {
    let prism: PrismClient
    let queue: DiskQueue
    let retryDelay: Duration
    let observer: any TransferObserver

    /// A transfer in which `width` files may be read or written at once.
    ///
    /// `retryDelay` passes before a download that was cut is tried again, and doubles each time.
    /// `observer` hears of every byte.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the system gives no thread.
    package init(
        _ prism: PrismClient, width: Int, retryDelay: Duration = .milliseconds(250),
        observer: any TransferObserver
    ) throws(SFSError) {
        self.prism = prism
        self.retryDelay = retryDelay
        self.observer = observer
        queue = try DiskQueue(name: "files", threads: width)
    }

    /// Waits for what is being read or written, and ends the threads.
    package func shutdown() async {
        await queue.shutdown()
    }
}

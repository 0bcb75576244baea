package import SFSCore
import SFSFiles

/// Moves files between this machine and a cluster.
///
/// Files are read and written on threads of its own. `shutdown()` must be called when all is done.
package final class FileTransfer: Sendable {
    let prism: PrismClient
    let queue: DiskQueue
    let observer: any TransferObserver

    /// `width` files may be read or written at once. `observer` hears of every byte.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the system gives no thread.
    package init(
        _ prism: PrismClient, width: Int, observer: any TransferObserver
    ) throws(SFSError) {
        self.prism = prism
        self.observer = observer
        queue = try DiskQueue(name: "files", threads: width)
    }

    /// Waits for what is being read or written, and ends the threads.
    package func shutdown() async {
        await queue.shutdown()
    }
}

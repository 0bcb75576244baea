package import NIOCore
import NIOPosix
package import SFSCore

/// The threads that serve connections, shared by all servers of a process.
package final class ServerThreads: Sendable {
    /// What servers are given.
    package let group: any EventLoopGroup

    /// Starts `count` threads; 0 = one per processor.
    package init(count: Int) {
        group = MultiThreadedEventLoopGroup(
            numberOfThreads: count == 0 ? System.coreCount : count)
    }

    /// Ends them; no server may be running.
    ///
    /// - Throws: `SFSError` with code `.internal`.
    package func shutdown() async throws(SFSError) {
        do {
            try await group.shutdownGracefully()
        } catch {
            throw SFSError(.internal, "cannot end the threads of the servers", cause: error)
        }
    }
}

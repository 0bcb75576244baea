/// How long and how much a client waits for; there is no limit on the whole time of a body.
package struct HTTPLimits: Sendable, Hashable {
    /// For a connection to be made, or for one of the pool to become free.
    package var connectTimeout: Duration = .seconds(2)
    /// Without any progress of the other side.
    ///
    /// That is, while it takes none of the bytes that wait to leave, and while we are ready to read
    /// and it sends none. The time that our own source or reader takes does not count.
    package var stallTimeout: Duration = .seconds(30)
    /// For a question and the whole of its answer, where neither carries a content, beside the time
    /// that the other side may think about one that takes long work; also for the head of an answer
    /// that brings a content, and for the whole of one that refuses it.
    ///
    /// However lively the other side is meanwhile: it may go on saying that it goes on.
    package var answerTimeout: Duration = .seconds(60)
    /// For the whole answer to "how are you".
    package var healthTimeout: Duration = .seconds(2)
    /// For a store to read a replica again: 4 TB from a slow disk.
    package var verifyTimeout: Duration = .seconds(12 * 3600)
    /// For a prism to look at every content of a large cluster: 100 M of them.
    package var planTimeout: Duration = .seconds(1800)
    /// For every store to look at its spool and its trash, and remove what is old.
    package var pruneTimeout: Duration = .seconds(4 * 3600)
    /// How often TCP asks a host that is silent whether it is there; the third time is the last.
    package var keepaliveInterval: Duration = .seconds(20)
    /// How long a connection waits for its next request.
    ///
    /// Shorter than a server's patience, or a request meets a connection that is just being closed.
    package var pooledConnectionTimeout: Duration = .seconds(20)
    /// To one address; more requests wait their turn.
    package var connectionsMaximum = 256
    /// Bytes that are received at once from a connection that is busy.
    package var receiveBytesMaximum = 256 << 10
    /// Of a reply that is read as a whole.
    package var messageBytesMaximum = 16 << 20

    /// The usual limits; change those that do not fit.
    package init() {}
}

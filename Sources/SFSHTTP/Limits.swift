/// Every limit that the server holds a client to.
package struct HTTPLimits: Sendable {
    /// Bytes of one request's target, names and values of header fields together; past it 431.
    package var headerBytesMaximum = 64 << 10
    /// Number of header fields of one request; past it 431.
    package var headerCountMaximum = 100
    /// Bytes of the target in the request line; past it 414.
    package var targetBytesMaximum = 8 << 10
    /// Connections at one time, over all listeners; the next are answered 503 and closed.
    package var connectionsMaximum = 10_000
    /// Requests on one connection; the last of them is answered with `Connection: close`.
    package var requestsPerConnectionMaximum = 100_000
    /// Silence between two requests before the connection is closed.
    package var idleTimeout: Duration = .seconds(60)
    /// From the first byte of a request to the end of its header; past it 408.
    package var headerTimeout: Duration = .seconds(10)
    /// Silence of a client whose body the handler is waiting for; past it the body throws.
    package var bodyIdleTimeout: Duration = .seconds(60)
    /// How long a client may take nothing at all of a response before it is cut off.
    package var writeIdleTimeout: Duration = .seconds(60)
    /// How long a closing connection waits for the client to have read the last response.
    package var lingerTimeout: Duration = .seconds(2)
    /// From `beginGracefulStop()` to cutting off the requests that still run.
    package var drainTimeout: Duration = .seconds(25)
    /// Bytes read from a socket at once, at most; connections that receive little read less.
    package var receiveBufferBytes = 256 << 10
    /// Answers that each thread keeps prepared; past it those that were asked for least lately are
    /// prepared again when they are asked for.
    package var preparedRepliesMaximum = 4096
    /// Bytes of an unwanted request body that are read and dropped so that the connection can be
    /// used again; past it the connection is closed.
    package var discardBytesMaximum = 256 << 10

    /// The defaults.
    package init() {}
}

package import SFSCore

/// The limits of every HTTP listener of this process.
package struct HTTPConfiguration: Sendable, Hashable {
    /// Request line and headers together.
    package let headerBytesMaximum: ByteCount
    /// Number of header lines.
    package let headerCountMaximum: Int
    /// The request's target: path and query.
    package let targetBytesMaximum: ByteCount
    /// A JSON body.
    package let jsonBytesMaximum: ByteCount
    /// One request that brings contents.
    package let uploadBytesMaximum: ByteCount
    /// Whose `X-Forwarded-Protocol` counts; nobody else's does.
    package let trustedProxies: [IPNetwork]
    /// Connections at once, per listener group.
    package let connectionsMaximum: Int
    /// Requests on one connection before it is closed.
    package let requestsPerConnectionMaximum: Int
    /// From the first byte of a request to the end of its headers.
    package let headerTimeout: Duration
    /// Between two requests on one connection.
    package let idleTimeout: Duration
    /// Between two pieces of a request's body.
    package let bodyIdleTimeout: Duration
    /// While the client takes nothing of a response.
    package let writeIdleTimeout: Duration
    /// For running requests when the daemon stops.
    package let drainTimeout: Duration
    /// Answers with bytes that each thread keeps prepared.
    package let preparedRepliesMaximum: Int
    /// Threads that serve connections; 0 = one per processor.
    package let threads: Int
}

extension HTTPConfiguration {
    /// Reads the section `http`.
    init(reading section: Section) {
        let timeout = SettingKind<Duration>.duration(.milliseconds(100)...Duration.hours(24))
        headerBytesMaximum = section.setting(
            "headerBytesMaximum", .size(ByteCount(4096)...ByteCount.mebibytes(1)),
            default: ByteCount(64 << 10))
        headerCountMaximum = section.setting(
            "headerCountMaximum", .count(10...10_000), default: 100)
        targetBytesMaximum = section.setting(
            "targetBytesMaximum", .size(ByteCount(1024)...ByteCount.mebibytes(1)),
            default: ByteCount(8 << 10))
        jsonBytesMaximum = section.setting(
            "jsonBytesMaximum", .size(ByteCount(64 << 10)...ByteCount.mebibytes(256)),
            default: .mebibytes(4))
        uploadBytesMaximum = section.setting(
            "uploadBytesMaximum", .fileSize, default: .gibibytes(2 << 10))
        trustedProxies = section.list("trustedProxies", .network)
        connectionsMaximum = section.setting(
            "connectionsMaximum", .count(1...1_000_000), default: 10_000)
        requestsPerConnectionMaximum = section.setting(
            "requestsPerConnectionMaximum", .count(1...1_000_000_000), default: 1_000_000)
        headerTimeout = section.setting("headerTimeout", timeout, default: .seconds(10))
        idleTimeout = section.setting("idleTimeout", timeout, default: .seconds(60))
        bodyIdleTimeout = section.setting("bodyIdleTimeout", timeout, default: .seconds(60))
        writeIdleTimeout = section.setting("writeIdleTimeout", timeout, default: .seconds(60))
        drainTimeout = section.setting(
            "drainTimeout", .duration(.milliseconds(100)...Duration.seconds(29)),
            default: .seconds(25))
        preparedRepliesMaximum = section.setting(
            "preparedRepliesMaximum", .count(1...1_000_000), default: 4096)
        threads = section.setting("threads", .count(0...1024), default: 0)
    }
}

import SFSConfig
import SFSCore
import SFSHTTP

extension HTTPConfiguration {
    /// The same limits as the server wants them.
    var limits: SFSHTTP.HTTPLimits {
        var limits = SFSHTTP.HTTPLimits()
        limits.headerBytesMaximum = Int(headerBytesMaximum.bytes)
        limits.headerCountMaximum = headerCountMaximum
        limits.targetBytesMaximum = Int(targetBytesMaximum.bytes)
        limits.connectionsMaximum = connectionsMaximum
        limits.preparedRepliesMaximum = preparedRepliesMaximum
        limits.requestsPerConnectionMaximum = requestsPerConnectionMaximum
        limits.headerTimeout = headerTimeout
        limits.idleTimeout = idleTimeout
        limits.bodyIdleTimeout = bodyIdleTimeout
        limits.writeIdleTimeout = writeIdleTimeout
        limits.drainTimeout = drainTimeout
        return limits
    }
}

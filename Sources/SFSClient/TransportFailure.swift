import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import SFSCore

/// What the HTTP library threw, as an `SFSError` that names the other side.
///
/// The one place that knows the library's errors.
struct TransportFailure {
    let address: HTTPAddress
    /// What to do when nobody listens there; for the one who reads the message.
    let remedy: String?

    /// `error` as ours; errors of ours and cancellation pass unchanged.
    func translate(_ error: any Error) -> any Error {
        switch error {
        case is SFSError, is CancellationError: error
        case let error as HTTPClientError: translate(error)
        case let error as IOError: unreachable(errno: error.errnoCode, error)
        case ChannelError.connectTimeout: late(error)
        case is ChannelError, HTTPParserError.invalidEOFState: broken(error)
        case is HTTPParserError: senseless("a reply that is not HTTP", cause: error)
        case is NIOTooManyBytesError:
            SFSError(.protocol, "the reply of sfsd at '\(address)' is too long", cause: error)
        default: unreachable(error)
        }
    }

    /// The error of a body that ended `missing` bytes early.
    func cutShort(missing: Int64) -> SFSError {
        SFSError(.io, "sfsd at '\(address)' ended its reply \(missing) bytes early")
    }

    /// The error of a reply that says something else than it should.
    func senseless(_ what: String, cause: (any Error)? = nil) -> SFSError {
        SFSError(.protocol, "sfsd at '\(address)' sent \(what)", cause: cause)
    }

    private func translate(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: late(error)
        case .readTimeout, .writeTimeout, .deadlineExceeded:
            SFSError(.timeout, "sfsd at '\(address)' did not answer in time", cause: error)
        case .bodyLengthMismatch:
            SFSError(
                .protocol, "the body for sfsd at '\(address)' has not the length that was promised",
                cause: error)
        case .invalidURL, .emptyHost, .emptyScheme:
            SFSError(.usage, "'\(address)' is not an address", cause: error)
        case .alreadyShutdown:
            SFSError(.unavailable, "the connection to sfsd at '\(address)' is closed", cause: error)
        default: broken(error)
        }
    }

    private func late(_ error: any Error) -> SFSError {
        SFSError(.timeout, "sfsd at '\(address)' took no connection in time", cause: error)
    }

    private func broken(_ error: any Error) -> SFSError {
        SFSError(.unavailable, "sfsd at '\(address)' closed the connection", cause: error)
    }

    private func unreachable(_ error: any Error) -> SFSError {
        let reason = remedy.map { "; \($0)" } ?? ""
        return SFSError(.unavailable, "cannot reach sfsd at '\(address)'\(reason)", cause: error)
    }

    private func unreachable(errno code: Int32, _ error: any Error) -> SFSError {
        switch code {
        case EACCES, EPERM:
            SFSError(
                .denied, "cannot reach sfsd at '\(address)': permission denied", cause: error)
        case ECONNRESET, EPIPE, ESHUTDOWN: broken(error)
        case ETIMEDOUT: late(error)
        default: unreachable(error)
        }
    }
}

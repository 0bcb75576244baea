import CCurl
import Glibc
import SFSCore

/// Errors of libcurl in our words.
///
/// None of them tells the address that a name resolved to, or what answered there.
enum FetchFailure {
    static let refusedAddress = SFSError(
        .denied, "the URL leads to an address that may not be fetched; an operator can allow it")

    static func tooLarge(_ limits: FetchLimits) -> SFSError {
        SFSError(.tooLarge, "the answer is longer than \(ByteCount(limits.bytesMaximum))")
    }

    /// The error for `result`; `systemError` is the errno that libcurl met last.
    ///
    /// The words `connect ECONNREFUSED` and their like are those that clients know from Node.
    static func error(for result: CURLcode, host: String, systemError: Int32) -> SFSError {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST:
            return SFSError(.unavailable, "cannot find '\(host)': getaddrinfo ENOTFOUND")
        case CURLE_COULDNT_CONNECT:
            let reason = name(of: systemError)
            return SFSError(.unavailable, "cannot connect to '\(host)': connect \(reason)")
        case CURLE_OPERATION_TIMEDOUT:
            return SFSError(.timeout, "'\(host)' took too long to answer")
        case CURLE_TOO_MANY_REDIRECTS:
            return SFSError(.usage, "'\(host)' redirects too often")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            return SFSError(.denied, "'\(host)' redirects to a URL that may not be fetched")
        case CURLE_PEER_FAILED_VERIFICATION:
            return SFSError(.unavailable, "the certificate of '\(host)' is not trusted")
        case CURLE_SSL_CONNECT_ERROR:
            return SFSError(.unavailable, "cannot agree with '\(host)' on TLS")
        case CURLE_PARTIAL_FILE:
            return SFSError(.unavailable, "'\(host)' sent less than it announced")
        case CURLE_GOT_NOTHING:
            return SFSError(.unavailable, "'\(host)' closed the connection without an answer")
        case CURLE_OUT_OF_MEMORY:
            return SFSError(.unavailable, "no memory to fetch from '\(host)'")
        default:
            let text = String(cString: curl_easy_strerror(result)).lowercased()
            return SFSError(.unavailable, "cannot fetch from '\(host)': \(text)")
        }
    }

    private static func name(of systemError: Int32) -> String {
        switch systemError {
        case ECONNREFUSED: "ECONNREFUSED"
        case ECONNRESET: "ECONNRESET"
        case EHOSTUNREACH: "EHOSTUNREACH"
        case ENETUNREACH: "ENETUNREACH"
        case ETIMEDOUT: "ETIMEDOUT"
        case EACCES: "EACCES"
        default: "EIO"
        }
    }
}

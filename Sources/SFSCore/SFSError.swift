/// What went wrong, by a code from a closed list, with one sentence for the user.
///
/// Lower layers translate at their edge, so nobody above reads messages to decide anything. The
/// client rebuilds the same error from a reply.
package struct SFSError: Error, Sendable {
    /// What kind of failure; decides exit status and HTTP status.
    package let code: ErrorCode
    /// Lower case, what failed first, the subject in single quotes, no full stop; then the remedy.
    package let message: String
    /// What the layer below said; for the log, never for a client.
    package let cause: (any Error)?

    package init(_ code: ErrorCode, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// `error` itself when it is one of ours, else an `.internal` one that keeps it as the cause.
    package init(wrapping error: any Error) {
        if let error = error as? SFSError {
            self = error
        } else {
            self.init(.internal, "internal error", cause: error)
        }
    }
}

extension SFSError: CustomStringConvertible {
    /// Message, code and causes in one line; for logs.
    package var description: String {
        let cause = cause.map { ": \($0)" } ?? ""
        return "\(message) [\(code.rawValue)]\(cause)"
    }
}

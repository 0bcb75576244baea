package import SFSCore

/// The body of every reply that is an error: `{"error":{"code":"not-found","message":"…"}}`.
package struct ErrorMessage: Sendable, Hashable, Codable {
    package var error: Body

    package init(_ error: SFSError) {
        self.error = Body(code: error.code, message: error.message)
    }

    /// The error that the sender had.
    package var asError: SFSError { SFSError(error.code, error.message) }

    /// Code and message; the cause stays in the sender's log.
    package struct Body: Sendable, Hashable, Codable {
        package var code: ErrorCode
        package var message: String
    }
}

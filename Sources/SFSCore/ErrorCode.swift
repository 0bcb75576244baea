/// The closed list of failures (design.md §10), each with its exit status and HTTP status.
package enum ErrorCode: String, Sendable, CaseIterable, Codable {
    case notFound = "not-found"
    case partial
    case usage
    case invalidHash = "invalid-hash"
    case hashMismatch = "hash-mismatch"
    case corrupt
    case noInput = "no-input"
    case unavailable
    case `internal`
    case conflict
    case noSpace = "no-space"
    case io
    case busy
    case timeout
    case `protocol`
    case denied
    case unauthenticated
    case expired
    case tooLarge = "too-large"
    case rangeNotSatisfiable = "range-not-satisfiable"
    case preconditionFailed = "precondition-failed"
    case configuration

    /// The exit status of a command that failed so; sysexits(3) where it has a fitting one.
    package var exitStatus: Int32 {
        switch self {
        case .notFound: 1
        case .partial: 3
        case .usage, .invalidHash, .rangeNotSatisfiable, .tooLarge: 64
        case .hashMismatch, .corrupt, .preconditionFailed: 65
        case .noInput: 66
        case .unavailable: 69
        case .internal: 70
        case .conflict: 73
        case .noSpace, .io: 74
        case .busy, .timeout: 75
        case .protocol: 76
        case .denied, .unauthenticated, .expired: 77
        case .configuration: 78
        }
    }

    /// The status of an HTTP reply that carries this error.
    package var httpStatus: Int {
        switch self {
        case .notFound: 404
        case .partial: 207
        case .usage, .invalidHash, .protocol, .noInput: 400
        case .hashMismatch: 422
        case .corrupt, .internal, .io, .configuration: 500
        case .unavailable: 503
        case .conflict: 409
        case .noSpace: 507
        case .busy: 429
        case .timeout: 504
        case .denied: 403
        case .unauthenticated: 401
        case .expired: 410
        case .tooLarge: 413
        case .rangeNotSatisfiable: 416
        case .preconditionFailed: 412
        }
    }
}

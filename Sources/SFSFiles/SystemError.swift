import Glibc
package import SFSCore
package import SystemPackage

extension SFSError {
    /// The error of a system call that failed while doing `what`, for example
    /// `cannot write 'film.mp4'`; `number` is its errno.
    ///
    /// Codes: `.noSpace` for a full disk or quota, `.notFound`, `.conflict` when the name is taken,
    /// `.busy` when descriptors run out, and `.io` for all else.
    package init(_ what: String, errno number: Errno) {
        let code: ErrorCode =
            switch number {
            case .noSpace, .diskQuotaExceeded: .noSpace
            case .noSuchFileOrDirectory: .notFound
            case .fileExists: .conflict
            case .tooManyOpenFiles, .tooManyOpenFilesInSystem: .busy
            default: .io
            }
        self.init(code, "\(what): \(number.reason)", cause: number)
    }
}

extension Errno {
    /// What the last failed system call of this thread left behind.
    static var last: Errno { Errno(rawValue: Glibc.errno) }

    /// The C library's sentence, begun in lower case unless it begins with an abbreviation.
    fileprivate var reason: String {
        let text = description
        let isAbbreviation = text.dropFirst().first?.isUppercase ?? false
        return isAbbreviation ? text : text.prefix(1).lowercased() + text.dropFirst()
    }
}

/// Runs a system call until it was not interrupted by a signal; its result, or the errno.
func callAgain<Result: SignedInteger>(
    _ call: () -> Result
) throws(Errno) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        let number = Errno.last
        guard number == .interrupted else { throw number }
    }
}

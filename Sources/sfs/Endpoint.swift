import SFSClient
import SFSCore

/// Where the daemon is and how to prove who asks: flag, then environment, then default.
struct Endpoint: Sendable {
    static let defaultSocket = "/run/stretchfs/sfsd.sock"

    let address: HTTPAddress
    let token: String?

    /// `environment` gives the value of a variable, `nil` when it is not set.
    ///
    /// Of `SFS_SOCKET` and `SFS_URL` the first counts: the kernel vouches for who asks there.
    ///
    /// - Throws: `SFSError` with code `.usage`, or `.noInput` for the token's file.
    init(_ options: GlobalOptions, environment: (String) -> String?) throws(SFSError) {
        if let socket = options.socket {
            address = try Self.socket(socket, "--socket")
        } else if let url = options.url {
            address = try HTTPAddress(parsing: url)
        } else if let socket = environment("SFS_SOCKET") {
            address = try Self.socket(socket, "SFS_SOCKET")
        } else if let url = environment("SFS_URL") {
            address = try HTTPAddress(parsing: url)
        } else {
            address = .socket(path: Self.defaultSocket)
        }
        if let file = options.tokenFile {
            token = try Self.checked(try FirstLine.ofFile(file))
        } else {
            token = try (options.token ?? environment("SFS_TOKEN")).map {
                text throws(SFSError) in try Self.checked(text)
            }
        }
    }

    private static func socket(_ text: String, _ name: String) throws(SFSError) -> HTTPAddress {
        guard !text.isEmpty else { throw SFSError(.usage, "\(name) is empty") }
        guard !text.hasPrefix("/") else { return try HTTPAddress(parsing: text) }
        guard let folder = WorkingFolder.path else {
            throw SFSError(.usage, "'\(text)' is relative to a folder that is gone")
        }
        return try HTTPAddress(parsing: "\(folder)/\(text)")
    }

    private static func checked(_ token: String) throws(SFSError) -> String {
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SFSError(.usage, "the token is empty or has characters that no token has")
        }
        return token
    }
}

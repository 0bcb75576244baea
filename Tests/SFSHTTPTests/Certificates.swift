import Foundation
import Glibc
import SFSHTTP

extension TLSFiles {
    /// A key and a certificate that it signed, in `folder`.
    static func make(in folder: String, name: String = "") async throws -> TLSFiles {
        let files = TLSFiles(
            certificateChain: "\(folder)/\(name)chain.pem", privateKey: "\(folder)/\(name)key.pem")
        _ = try await openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", files.privateKey, "-out", files.certificateChain, "-days", "2",
            "-subj", "/CN=localhost\(name)", input: "")
        return files
    }

    /// Puts copies of the files in the place of `others`.
    func replace(_ others: TLSFiles) throws {
        for (from, to) in [
            (certificateChain, others.certificateChain), (privateKey, others.privateKey),
        ] {
            try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
        }
    }
}

/// What `openssl` prints when it gets `input`.
func openssl(_ arguments: String..., input: String) async throws -> [UInt8] {
    try await TemporaryFile.with(Array(input.utf8)) { path in
        try await run(["openssl"] + arguments, in: path)
    }
}

/// What a program prints when it gets the file at `input`; it is ended after a minute.
///
/// By a shell, since Foundation's Process crashes among a thousand open files.
func run(_ words: [String], in input: String = "/dev/null") async throws -> [UInt8] {
    try await TemporaryFile.with([]) { path in
        let quoted = (["timeout", "60"] + words).map { "'\($0)'" }
        let command = quoted.joined(separator: " ") + " <\(input) >\(path) 2>\(path).err"
        _ = try await blocking { system(command) }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}

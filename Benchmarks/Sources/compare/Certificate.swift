import FoundationEssentials
import ProcessFixture

/// A certificate for 127.0.0.1 that both servers show.
struct Certificate: Sendable {
    let chain: String
    let key: String

    static func make(in folder: String) async throws -> Certificate {
        let certificate = Certificate(chain: "\(folder)/cert.pem", key: "\(folder)/key.pem")
        let words =
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 "
            + "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost"
        try await run(
            "openssl",
            words.split(separator: " ").map(String.init)
                + ["-keyout", certificate.key, "-out", certificate.chain]
        ).succeeded("openssl req")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: certificate.key)
        return certificate
    }
}

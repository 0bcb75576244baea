import NIOSSL
import SFSCore

extension TLSFiles {
    /// Reads both files.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    func makeContext() throws(SFSError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificateChain)
            let key = try NIOSSLPrivateKey(file: privateKey, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw SFSError(
                .configuration,
                "cannot use certificate '\(certificateChain)' with key '\(privateKey)'",
                cause: error)
        }
    }
}

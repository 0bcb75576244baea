import NIOSSL
import SFSCore
import Synchronization

/// The certificate that one listener shows, which can be exchanged while connections go on.
final class ServedCertificate: Sendable {
    private let files: TLSFiles
    private let current: Mutex<NIOSSLContext>

    /// Reads `files`.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    init(_ files: TLSFiles) throws(SFSError) {
        self.files = files
        current = Mutex(try files.makeContext())
    }

    /// What the next connection is encrypted with; it keeps it to its end.
    var context: NIOSSLContext { current.withLock { $0 } }

    /// Reads the files again, without any effect yet: that is what the result is for.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    func reread() throws(SFSError) -> @Sendable () -> Void {
        let context = try files.makeContext()
        return { self.current.withLock { $0 = context } }
    }
}

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

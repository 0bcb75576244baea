import CCrypto
import Glibc
package import SFSCore

/// From when until when a certificate in a PEM file is valid.
package struct CertificateLife: Sendable, Hashable {
    package let begins: Timestamp
    package let ends: Timestamp

    /// Reads the first certificate in the file at `path`.
    ///
    /// - Throws: `SFSError` with code `.noInput` when it cannot be read or is no certificate.
    package init(ofFile path: String) throws(SFSError) {
        let unreadable = SFSError(.noInput, "'\(path)' cannot be read as a certificate")
        guard let file = BIO_new_file(path, "r") else { throw unreadable }
        defer { BIO_free(file) }
        guard let certificate = PEM_read_bio_X509(file, nil, nil, nil) else { throw unreadable }
        defer { X509_free(certificate) }
        guard let begins = Self.time(X509_get0_notBefore(certificate)),
            let ends = Self.time(X509_get0_notAfter(certificate))
        else { throw unreadable }
        self.begins = begins
        self.ends = ends
    }

    private static func time(_ value: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
        var parts = tm()
        guard let value, ASN1_TIME_to_tm(value, &parts) == 1 else { return nil }
        return Timestamp(milliseconds: Int64(timegm(&parts)) * 1000)
    }
}

import CCrypto
import Glibc
package import SFSCore

/// A certificate that vouches for itself, and its key: enough to start with TLS.
///
/// ECDSA on P-256, signed with SHA-256, for servers only. Clients have to be told to trust it.
package struct SelfSignedCertificate: Sendable {
    /// In PEM.
    package let certificate: String
    /// In PEM (PKCS #8), not encrypted.
    package let privateKey: String
    /// What it is for, each once, in the order given.
    package let names: [String]

    /// How long one may be valid, in days; clients of Apple refuse more than 825.
    package static let daysMaximum = 3650
    /// How many names it may have.
    package static let namesMaximum = 100

    /// By how much a client's clock may be behind ours.
    private static let clockSkewSeconds = 3600

    /// Makes a key and a certificate for `names`, each a DNS name, also with `*.` before it, or an
    /// IP address, valid for `days` from an hour ago.
    ///
    /// - Throws: `SFSError` with code `.usage` for a name or a number of days that does not fit.
    package init(names: [String], days: Int) throws(SFSError) {
        guard (1...Self.daysMaximum).contains(days) else {
            throw SFSError(
                .usage, "a certificate is valid for 1 to \(Self.daysMaximum) days, not \(days)")
        }
        guard (1...Self.namesMaximum).contains(names.count) else {
            throw SFSError(
                .usage, "a certificate has 1 to \(Self.namesMaximum) names, not \(names.count)")
        }
        var alternatives: [CertificateName] = []
        for name in names {
            let name = try CertificateName(parsing: name)
            if !alternatives.contains(name) { alternatives.append(name) }
        }
        let key = try Self.generateKey()
        defer { EVP_PKEY_free(key) }
        let certificate = try Self.made(X509_new())
        defer { X509_free(certificate) }
        try Self.fill(certificate, for: alternatives, days: days, key: key)
        self.certificate = try Self.text { PEM_write_bio_X509($0, certificate) }
        privateKey = try Self.text { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        self.names = alternatives.map(\.text)
    }

    /// Whether a certificate may have `text` as one of its names.
    package static func isName(_ text: String) -> Bool {
        // Why not is of no interest here.
        (try? CertificateName(parsing: text)) != nil
    }

    private static func generateKey() throws(SFSError) -> OpaquePointer {
        let context = try made(EVP_PKEY_CTX_new_from_name(nil, "EC", nil))
        defer { EVP_PKEY_CTX_free(context) }
        try check(EVP_PKEY_keygen_init(context))
        try check(EVP_PKEY_CTX_set_group_name(context, "P-256"))
        var key: OpaquePointer?
        try check(EVP_PKEY_generate(context, &key))
        return try made(key)
    }

    private static func fill(
        _ certificate: OpaquePointer, for names: [CertificateName], days: Int, key: OpaquePointer
    ) throws(SFSError) {
        let version3 = 2
        try check(X509_set_version(certificate, version3))
        // Random: browsers refuse a second certificate of the same issuer and number.
        try check(
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), .random(in: 1 ... .max)))
        _ = try made(X509_time_adj_ex(X509_getm_notBefore(certificate), 0, -clockSkewSeconds, nil))
        _ = try made(
            X509_time_adj_ex(
                X509_getm_notAfter(certificate), CInt(days), -clockSkewSeconds, nil))
        try check(X509_set_pubkey(certificate, key))
        try name(certificate, names)
        try addExtensions(to: certificate, names)
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw failure }
    }

    /// Subject and issuer, for people: clients look at the alternative names alone.
    private static func name(
        _ certificate: OpaquePointer, _ names: [CertificateName]
    ) throws(SFSError) {
        let commonNameBytesMaximum = 64
        let fitting = names.first { $0.text.utf8.count <= commonNameBytesMaximum }
        let commonName = Array((fitting?.text ?? "StretchFS").utf8)
        let subject = try made(X509_get_subject_name(certificate))
        try check(
            X509_NAME_add_entry_by_NID(
                subject, NID_commonName, MBSTRING_UTF8, commonName, CInt(commonName.count), -1, 0))
        try check(X509_set_issuer_name(certificate, subject))
    }

    private static func addExtensions(
        to certificate: OpaquePointer, _ names: [CertificateName]
    ) throws(SFSError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        for (kind, value) in [
            // Not one that could vouch for others, should its key get lost.
            (NID_basic_constraints, "critical,CA:FALSE"),
            (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, "serverAuth"),
            (NID_subject_key_identifier, "hash"),
            (NID_subject_alt_name, names.map(\.alternative).joined(separator: ",")),
        ] {
            let added = try made(X509V3_EXT_conf_nid(nil, &context, kind, value))
            defer { X509_EXTENSION_free(added) }
            try check(X509_add_ext(certificate, added, -1))
        }
    }

    /// What `write` writes.
    private static func text(_ write: (OpaquePointer) -> CInt) throws(SFSError) -> String {
        let output = try made(BIO_new(BIO_s_mem()))
        defer { BIO_free(output) }
        try check(write(output))
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
        let count = BIO_read(output, &bytes, CInt(bytes.count))
        guard count == bytes.count else { throw failure }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func made<Value>(_ value: Value?) throws(SFSError) -> Value {
        guard let value else { throw failure }
        return value
    }

    private static func check(_ status: CInt) throws(SFSError) {
        guard status == 1 else { throw failure }
    }

    /// Only want of memory or a libcrypto that was forbidden P-256 leads here.
    private static var failure: SFSError {
        SFSError(.unavailable, "this machine's libcrypto makes no certificate")
    }
}

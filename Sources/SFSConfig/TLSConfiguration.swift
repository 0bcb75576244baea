import SFSCore

/// A certificate and its key, both PEM files, which are read again on SIGHUP.
package struct TLSConfiguration: Sendable, Hashable {
    /// Absolute path of the chain, the server's own certificate first.
    package let certificate: String
    /// Absolute path of the private key.
    package let key: String
}

extension TLSConfiguration {
    /// Reads the settings `certificate` and `key` of `section`; `nil` when they are not both there.
    init?(reading section: Section) {
        let certificate = section.setting("certificate", .path)
        let key = section.setting("key", .path)
        self.init(certificate: certificate, key: key, of: section)
    }

    /// Takes what was read from `section`, and reports what is missing or cannot be read.
    init?(certificate: String?, key: String?, of section: Section) {
        guard certificate != nil || key != nil else { return nil }
        guard let certificate, let key else {
            let missing = certificate == nil ? "certificate" : "key"
            section.mistake(missing, "is missing; 'certificate' and 'key' belong together")
            return nil
        }
        _ = section.checked("certificate") { () throws(SFSError) in
            try SettingFile.read(certificate, sizeMaximum: SecretFile.sizeMaximum)
        }
        _ = section.checked("key") { () throws(SFSError) in try SecretFile.read(key) }
        self.certificate = certificate
        self.key = key
    }
}

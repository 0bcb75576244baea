import SFSCore

/// Where a member listens: a TCP address, or a Unix socket.
package enum ListenerConfiguration: Sendable, Hashable {
    /// Port 0 = the kernel picks one. With `tls` it speaks HTTPS only.
    case tcp(address: String, port: Int, tls: TLSConfiguration?)
    /// `path` has at most 107 bytes.
    case unix(path: String, mode: FileMode)
}

/// A certificate and its key, both PEM files.
package struct TLSConfiguration: Sendable, Hashable {
    /// Absolute path of the chain, the server's own certificate first.
    package let certificate: String
    /// Absolute path of the private key.
    package let key: String
}

extension ListenerConfiguration {
    /// Reads one item of a list `listen`; `nil` once its mistakes are reported.
    init?(reading section: Section) {
        let address = section.setting("address", .text)
        let port = section.setting("port", .count(0...65_535))
        let certificate = section.setting("certificate", .path)
        let key = section.setting("key", .path)
        let socket = section.setting("socket", .socketPath)
        let mode = section.setting("mode", .mode)
        switch (address, socket) {
        case (nil, nil):
            section.mistake(nil, "should have 'address' and 'port', or 'socket'")
            return nil
        case (.some, .some):
            section.mistake("socket", "cannot be there together with 'address'")
            return nil
        case (nil, let socket?):
            for (name, isGiven) in [
                ("port", port != nil), ("certificate", certificate != nil), ("key", key != nil),
            ] where isGiven {
                section.mistake(name, "is of no use with 'socket'")
            }
            self = .unix(path: socket, mode: mode ?? FileMode(0o660))
        case (let address?, nil):
            if mode != nil { section.mistake("mode", "is of no use with 'address'") }
            let tls = TLSConfiguration(certificate: certificate, key: key, of: section)
            guard let port else {
                section.mistake("port", "is missing")
                return nil
            }
            self = .tcp(address: address, port: port, tls: tls)
        }
    }
}

extension TLSConfiguration {
    fileprivate init?(certificate: String?, key: String?, of section: Section) {
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

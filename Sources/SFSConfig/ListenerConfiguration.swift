import SFSCore

/// Where a member listens: a TCP address, or a Unix socket.
package enum ListenerConfiguration: Sendable, Hashable {
    /// Port 0 = the kernel picks one. With `tls` it speaks HTTPS only.
    case tcp(address: String, port: Int, tls: TLSConfiguration?)
    /// `path` has at most 107 bytes.
    case unix(path: String, mode: FileMode)
}

extension ListenerConfiguration {
    /// Reads one item of a list `listen`; `nil` once its mistakes are reported.
    ///
    /// `standard` is the certificate of a listener that says only `tls: true`.
    init?(reading section: Section, _ standard: TLSConfiguration?) {
        let address = section.setting("address", .text)
        let port = section.setting("port", .count(0...65_535))
        let isSecure = section.setting("tls", .truth)
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
                ("port", port != nil), ("tls", isSecure != nil),
                ("certificate", certificate != nil), ("key", key != nil),
            ] where isGiven {
                section.mistake(name, "is of no use with 'socket'")
            }
            self = .unix(path: socket, mode: mode ?? FileMode(0o660))
        case (let address?, nil):
            if mode != nil { section.mistake("mode", "is of no use with 'address'") }
            let own = TLSConfiguration(certificate: certificate, key: key, of: section)
            let tls = own ?? (isSecure == true ? standard : nil)
            if isSecure == false, certificate != nil || key != nil {
                section.mistake("tls", "is false, yet there is a certificate or key beside it")
            }
            if isSecure == true, tls == nil, certificate == nil, key == nil {
                section.mistake("tls", "needs 'certificate' and 'key', here or for all listeners")
            }
            guard let port else {
                section.mistake("port", "is missing")
                return nil
            }
            self = .tcp(address: address, port: port, tls: tls)
        }
    }
}

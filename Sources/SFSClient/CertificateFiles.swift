import Glibc
import NIOCore
package import SFSCore
import SFSFiles
package import SystemPackage

/// The certificate of a TLS listener and its key, as two files in one folder.
package struct CertificateFiles: Sendable {
    /// `tls.crt`, which all may read.
    package let certificate: FilePath
    /// `tls.key`, which only its owner may read.
    package let privateKey: FilePath
    /// What the certificate is for.
    package let names: [String]

    /// How long a certificate is valid unless somebody says otherwise, in days.
    package static let usualDays = 825

    /// The names of this machine for itself, and the one that others may know it by.
    package static var usualNames: [String] {
        ["localhost", "127.0.0.1", "::1"] + [hostName].compactMap(\.self)
    }

    /// Makes a self-signed certificate for `names` and brings both files to the disk.
    ///
    /// Makes `folder` when it is not there; what is above must be. Blocks, for as long as a disk
    /// does.
    ///
    /// - Throws: `SFSError` with code `.conflict` when one of the files is there already, `.usage`
    ///   as `SelfSignedCertificate`.
    package static func make(
        in folder: FilePath, names: [String] = usualNames, days: Int = usualDays
    ) throws(SFSError) -> CertificateFiles {
        let made = try SelfSignedCertificate(names: names, days: days)
        let target = try open(folder)
        for name in [certificateName, keyName] where try target.status(of: name) != nil {
            throw taken(name, folder)
        }
        // The key first: a certificate without its key is what a listener cannot use.
        try write(made.privateKey, keyName, permissions: 0o600, in: target)
        do throws(SFSError) {
            try write(made.certificate, certificateName, permissions: 0o644, in: target)
        } catch {
            try target.unlink(keyName)
            throw error
        }
        return CertificateFiles(
            certificate: folder.appending("tls.crt"), privateKey: folder.appending("tls.key"),
            names: made.names)
    }

    private static let certificateName: FilePath = "tls.crt"
    private static let keyName: FilePath = "tls.key"

    private static func open(_ path: FilePath) throws(SFSError) -> Folder {
        do throws(SFSError) {
            return try Folder.open(path)
        } catch  where error.code == .notFound {
            guard let name = path.lastComponent, name.kind == .regular else { throw error }
            let parent = try Folder.open(path.removingLastComponent())
            try parent.makeFolder(FilePath(root: nil, [name]))
            try parent.synchronize()
            return try Folder.open(path)
        }
    }

    private static func write(
        _ text: String, _ name: FilePath, permissions: UInt32, in folder: Folder
    ) throws(SFSError) {
        let temporaryName = FilePath(".\(UploadID.random()).sfs-part")
        let file = try DurableWrite(in: folder, named: temporaryName)
        try file.append(ByteBuffer(string: text))
        try file.seal(permissions: permissions)
        guard try file.place(into: folder, as: name) else { throw taken(name, folder.path) }
    }

    private static func taken(_ name: FilePath, _ folder: FilePath) -> SFSError {
        SFSError(
            .conflict,
            "'\(folder.pushing(name))' is there already; remove it, or use another folder"
        )
    }

    private static var hostName: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        // The last byte stays 0, so that a name which was cut short still ends.
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        let name = String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // One that no certificate may have must not keep the others from theirs.
        return SelfSignedCertificate.isName(name) ? name : nil
    }
}

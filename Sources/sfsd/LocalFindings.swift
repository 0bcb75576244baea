import Glibc
import SFSConfig
import SFSCore
import SFSFiles
import SFSWire

/// What `sfs doctor` is told of this process: its certificates, and where its volumes are.
struct LocalFindings: Sendable {
    let configuration: Configuration

    /// How many days before its end a certificate is worth a warning.
    private static let certificateDays: Int64 = 21

    /// All findings, also those that all is well.
    func all() -> [DoctorReply.Finding] {
        certificates.map(finding(ofCertificate:)) + configuration.stores.compactMap(mount(of:))
    }

    private var certificates: [String] {
        let listeners =
            configuration.prisms.flatMap(\.listen) + configuration.stores.flatMap(\.listen)
        let files = listeners.compactMap { listener -> String? in
            guard case .tcp(_, _, let tls?) = listener else { return nil }
            return tls.certificate
        }
        return Set(files).sorted()
    }

    private func finding(ofCertificate path: String) -> DoctorReply.Finding {
        let remedy = "put a new one in its place and send SIGHUP to sfsd"
        func told(
            _ severity: DoctorReply.Severity, _ message: String, _ remedy: String = remedy
        ) -> DoctorReply.Finding {
            DoctorReply.Finding(
                severity: severity, area: "tls", subject: path, message: message, remedy: remedy)
        }
        let life: CertificateLife
        do {
            life = try CertificateLife(ofFile: path)
        } catch {
            return told(.error, error.message)
        }
        let now = Timestamp.now()
        let days = (life.ends.milliseconds - now.milliseconds) / 86_400_000
        if life.ends < now { return told(.error, "the certificate ended on \(life.ends)") }
        if now < life.begins {
            return told(.error, "the certificate is not valid before \(life.begins)")
        }
        if days < Self.certificateDays {
            return told(.warning, "the certificate ends in \(days) days")
        }
        return told(.fine, "the certificate is valid for \(days) days more", "")
    }

    /// A volume on the file system of the root folder fills that, and is lost with it.
    private func mount(of store: StoreConfiguration) -> DoctorReply.Finding? {
        var root = stat()
        var volume = stat()
        guard stat("/", &root) == 0, stat(store.volume, &volume) == 0,
            root.st_dev == volume.st_dev
        else { return nil }
        return DoctorReply.Finding(
            severity: .warning, area: "mount", subject: store.name.text,
            message: "the volume '\(store.volume)' is on the file system of '/'",
            remedy: "give it a disk of its own, mounted at that folder")
    }
}

import ArgumentParser
import SFSClient
import SFSCore
import SystemPackage

/// `sfs keygen --tls`: a self-signed certificate and its key, for a start.
struct CertificateOptions: ParsableArguments, Sendable {
    @Flag(help: "Make a self-signed certificate and its key. Nobody is asked, no daemon either.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "Write tls.crt and tls.key into this folder.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp(
            "A DNS name or IP address that it is for. Without it, this machine's.",
            valueName: "name"))
    var name: [String] = []

    @Option(help: ArgumentHelp("Valid for so many days; usually 825.", valueName: "days"))
    var days: Int?

    func validate() throws {
        if !tls, out != nil || !name.isEmpty || days != nil {
            throw ValidationError("--out, --name and --days are for --tls")
        }
        if tls, out?.isEmpty ?? true { throw ValidationError("--tls wants --out FOLDER") }
    }

    /// Makes them, and prints where they are.
    func make(_ output: Output) throws -> Answer {
        let folder = FilePath(bytes: RawText.bytes(of: out ?? ""))
        let files = try CertificateFiles.make(
            in: folder, names: name.isEmpty ? CertificateFiles.usualNames : name,
            days: days ?? CertificateFiles.usualDays)
        if output.isJSON {
            try output.json(
                Report(
                    certificate: files.certificate.string, key: files.privateKey.string,
                    names: files.names))
        } else {
            for path in [files.certificate, files.privateKey] { try output.line(path.bytes) }
        }
        return .yes
    }

    /// What was made; one JSON object.
    private struct Report: Encodable {
        /// Where they are.
        let certificate: String
        let key: String
        /// What the certificate is for.
        let names: [String]
    }
}

import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs keygen`: logs in once and prints a token; with `--tls`, makes a certificate instead.
struct Keygen: Verb {
    static let configuration = CommandConfiguration(
        commandName: "keygen", abstract: "Log in and print a token, or make a TLS certificate.",
        discussion: "The token is permanent: it ends when it is revoked.")

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Log in as this account. Without it, the terminal is asked.", valueName: "name"))
    var user: String?

    @OptionGroup var secret: PasswordOptions

    @Flag(help: "Print a token that ends by itself, usually after a day.")
    var temporary = false

    @OptionGroup var certificate: CertificateOptions
    @OptionGroup var original: OriginalKeygenOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if user?.isEmpty ?? false { throw ValidationError("the name of the account is empty") }
        if certificate.tls, user != nil || secret.passwordFile != nil || temporary {
            throw ValidationError("--tls makes a certificate, for which nobody logs in")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        if certificate.tls { return try certificate.make(session.output) }
        let name = try user ?? Self.askForName()
        let order = LoginOrder(
            name: name, password: try secret.password(of: name, isNew: false),
            permanent: !temporary)
        let reply = try await session.prism.login(order)
        if session.output.isJSON {
            try session.output.json(reply)
        } else {
            try session.output.line(reply.token)
        }
        return .yes
    }

    private static func askForName() throws(SFSError) -> String {
        guard Terminal.isThere else { throw SFSError(.usage, "say who logs in: use '--user NAME'") }
        let name = try Terminal.ask("account: ")
        guard !name.isEmpty else { throw SFSError(.usage, "the name of the account is empty") }
        return name
    }
}

/// What `stretchfs-keygen` took, and what to use instead.
struct OriginalKeygenOptions: ParsableArguments, Sendable {
    @Option(name: [.customShort("p"), .customLong("password")], help: .hidden)
    var password: String?

    @Option(name: [.customShort("H"), .customLong("host")], help: .hidden)
    var host: String?

    @Option(name: [.customShort("P"), .customLong("port")], help: .hidden)
    var port: String?

    func validate() throws {
        if password != nil {
            throw ValidationError(
                "a password is never an argument, where others see it in ps(1); "
                    + "use --password-file or the terminal")
        }
        if host != nil || port != nil {
            throw ValidationError("say where with --url, for example --url https://127.0.0.1:8161")
        }
    }
}

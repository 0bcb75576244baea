import ArgumentParser

/// What every verb takes.
struct GlobalOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp("Ask the daemon behind this Unix socket.", valueName: "path"),
        completion: .file())
    var socket: String?

    @Option(help: "Ask the prism at this URL.")
    var url: String?

    @Option(
        help: ArgumentHelp("Prove who you are with the token in this file.", valueName: "file"),
        completion: .file())
    var tokenFile: String?

    @Option(help: "Prove who you are with this token, which others can see in ps(1).")
    var token: String?

    @Flag(help: "Print JSON: one object, or one per line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        if socket != nil, url != nil {
            throw ValidationError("--socket and --url exclude each other")
        }
        if token != nil, tokenFile != nil {
            throw ValidationError("--token and --token-file exclude each other")
        }
    }
}

import ArgumentParser

/// `sfs session …`: who is logged in.
struct SessionVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "List and end the sessions of accounts.",
        subcommands: [SessionList.self, SessionRevoke.self])
}

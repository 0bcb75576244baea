import ArgumentParser
import SFSCore

/// The root: `sfs` by itself, and the table of verbs.
struct Sfs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sfs",
        abstract: "Keep files in a StretchFS cluster and get them back.",
        discussion: """
            The daemon is found by --socket, --url, SFS_SOCKET or SFS_URL, in this order, else at \
            \(Endpoint.defaultSocket).
            """,
        version: "sfs \(Version.text)",
        subcommands: [
            Put.self, Get.self, Exists.self, Stat.self, PurchaseVerbs.self, Status.self,
            Store.self, AccountVerbs.self, SessionVerbs.self, Keygen.self,
        ])

    /// The names of the verbs, in the order of the help.
    static var verbs: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName } + [Help.verb]
    }
}

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
        subcommands: [CompleteNames.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Contents",
                subcommands: [
                    Put.self, Get.self, Exists.self, Stat.self, PurchaseVerbs.self, Remove.self,
                    Undelete.self,
                ]),
            CommandGroup(
                name: "Copies",
                subcommands: [
                    Clone.self, Balance.self, Verify.self, Inventory.self, RuleVerbs.self,
                    PlanVerbs.self, TaskVerbs.self,
                ]),
            CommandGroup(
                name: "Cluster",
                subcommands: [
                    Status.self, Top.self, Bench.self, Doctor.self, Audit.self, Store.self,
                    Can.self,
                    MemberVerbs.self, Prune.self, CatalogVerbs.self,
                ]),
            CommandGroup(
                name: "Access",
                subcommands: [AccountVerbs.self, SessionVerbs.self, Keygen.self]),
        ])

    /// The names of the verbs, in the order of the help; also of those that no person needs.
    static var verbs: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName } + [Help.verb]
    }

    /// The names of the verbs that a person may mean.
    static var shownVerbs: [String] {
        let shown = configuration.subcommands.filter { $0.configuration.shouldDisplay }
        return shown.compactMap { $0.configuration.commandName } + [Help.verb]
    }
}

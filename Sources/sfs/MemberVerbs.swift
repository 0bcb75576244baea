import ArgumentParser

/// `sfs member …`: the prisms and stores of the cluster.
struct MemberVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "List prisms and stores, and change what they may do.",
        subcommands: [MemberList.self, MemberRoles.self, MemberRemove.self])
}

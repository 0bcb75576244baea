import ArgumentParser

/// `sfs account …`: who may use the cluster.
struct AccountVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Manage the accounts that may use the cluster.",
        subcommands: [
            AccountCreate.self, AccountList.self, AccountPasswd.self, AccountDisable.self,
            AccountEnable.self, AccountRemove.self,
        ])
}

import ArgumentParser

/// `sfs store …`: the stores of the cluster, and the volumes of this host.
struct Store: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Manage stores and their volumes.",
        subcommands: [
            StoreInit.self, StoreAdopt.self, StoreList.self, StoreShow.self, StoreDrain.self,
            StoreUndrain.self, StoreRetire.self,
        ])
}

import ArgumentParser

/// `sfs store …`: what concerns one store.
struct Store: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Manage the stores of this host.",
        subcommands: [StoreInit.self])
}

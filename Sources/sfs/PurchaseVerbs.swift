import ArgumentParser

/// `sfs purchase …`: the right to read a content for a time, as a URL.
struct PurchaseVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purchase", abstract: "Make URLs that give a content for a time.",
        discussion: "'sfs purchase HASH' is short for 'sfs purchase create HASH'.",
        subcommands: [
            PurchaseCreate.self, PurchaseList.self, PurchaseShow.self, PurchaseExtend.self,
            PurchaseRevoke.self,
        ],
        defaultSubcommand: PurchaseCreate.self)
}

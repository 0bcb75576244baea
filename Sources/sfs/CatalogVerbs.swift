import ArgumentParser

/// `sfs catalog …`: the catalog as a whole.
struct CatalogVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Dump the catalog, or rebuild it from the volumes.",
        subcommands: [CatalogURL.self, DumpCatalog.self, RebuildCatalog.self])
}

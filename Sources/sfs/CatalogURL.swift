import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs catalog url`: where the catalog is.
struct CatalogURL: Verb {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Show where the catalog is, without its password.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let catalog = try await session.prism.catalog()
        if session.output.isJSON {
            try session.output.json(catalog)
        } else {
            try session.output.line(Printable.line(catalog.url))
            if catalog.isPrivate { session.output.note("sfsd runs it itself") }
            if catalog.isRebuilding { session.output.note("it is being rebuilt") }
        }
        return .yes
    }
}

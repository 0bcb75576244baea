import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs stat HASH`: what is known of one content.
struct Stat: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stat", abstract: "Show size, type, copies and places of a content.")

    @Argument(help: ArgumentHelp("The content.", valueName: "hash"))
    var hash: String

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        try await Self.show(hash, session)
    }

    /// Prints what is known of the content with the hash `text`.
    static func show(_ text: String, _ session: Session) async throws -> Answer {
        let detail = try await session.prism.detail(try ContentHash(parsing: text))
        if session.output.isJSON {
            try session.output.json(detail)
        } else {
            for line in lines(for: detail) { try session.output.line(line) }
        }
        return .yes
    }

    /// The report for a person.
    static func lines(for detail: ContentDetail) -> [String] {
        let content = detail.content
        let facts = [
            ["hash", content.hash.hex],
            ["size", "\(ByteCount(max(0, content.size))) (\(content.size) bytes)"],
            ["type", content.mimeType],
            ["extension", content.mimeExtension.isEmpty ? "-" : content.mimeExtension],
            ["copies", "\(content.copies) of \(content.desiredCopies)"],
            ["created", content.createdAt.description],
        ]
        let places = detail.replicas.map { replica in
            [
                replica.store.text, replica.zone.text, replica.host.text,
                Status.state(replica.online),
            ]
        }
        return Table.lines(facts) + [""]
            + Table.lines([["STORE", "ZONE", "HOST", "STATE"]] + places)
    }
}

import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs rule list`: every content that has rules.
struct RuleList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the contents that have rules.")

    @OptionGroup var global: GlobalOptions

    private static let pageLength = 1000

    func run(_ session: Session) async throws -> Answer {
        var after: ContentHash?
        while true {
            let page = try await session.prism.rules(after: after, limit: Self.pageLength)
            for content in page {
                try RuleText.show(content.hash, content.rules, session.output)
            }
            guard let last = page.last else { return .yes }
            after = last.hash
        }
    }
}

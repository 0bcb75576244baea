import ArgumentParser
import SFSCore
import SFSWire

/// Which contents `sfs clone` means, said in exactly one way: nothing ever means "all" by default.
struct ContentChoice: ParsableArguments, Sendable {
    @OptionGroup var hashes: HashList

    @Option(help: ArgumentHelp("All whose hash begins so.", valueName: "hex"))
    var prefix: String?

    @Option(
        help: ArgumentHelp("All that this store holds.", valueName: "store"),
        completion: LiveNames.stores.completion)
    var on: MemberName?

    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("All that a store of this zone holds.", valueName: "zone"),
        completion: LiveNames.zones.completion)
    var zone: MemberName?

    @Flag(help: "All contents.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "Only show hash, size, type and the state of each copy of this content.",
            valueName: "hash"))
    var detail: String?

    private static let prefixLengthMaximum = 128

    func validate() throws {
        let kinds = [hashes.isGiven, prefix != nil, on != nil, zone != nil, all, detail != nil]
            .filter(\.self)
        guard kinds.count == 1 else {
            throw ValidationError("say which: hashes, --input, --prefix, --on, --in or --all")
        }
        try hashes.checkIfGiven()
        if let prefix {
            guard (1...Self.prefixLengthMaximum).contains(prefix.utf8.count),
                prefix.allSatisfy({ $0.isASCII && $0.isHexDigit })
            else { throw ValidationError("'\(prefix)' is not the beginning of a hash") }
        }
    }

    /// Calls `use` with what is meant; a long list comes in several selections.
    ///
    /// - Throws: `SFSError` with code `.invalidHash` or `.noInput`; what `use` throws.
    func forEachSelection(_ use: (ContentSelection) async throws -> Void) async throws {
        guard hashes.isGiven else {
            return try await use(
                ContentSelection(
                    prefix: prefix?.lowercased(), store: on, zone: zone, all: all ? true : nil))
        }
        try await hashes.forEachBatch(of: ContentSelection.hashesMaximum) { batch in
            try await use(ContentSelection(hashes: batch))
        }
    }
}

import ArgumentParser
import SFSCore
import SFSWire

/// Which stores are meant: one, those of a zone, or all; nothing ever means "all" by default.
struct StoreChoice: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp("This store.", valueName: "store"),
        completion: LiveNames.stores.completion)
    var store: MemberName?

    @Option(
        help: ArgumentHelp("All stores of this zone.", valueName: "zone"),
        completion: LiveNames.zones.completion)
    var zone: MemberName?

    @Flag(help: "All stores.")
    var all = false

    /// How many kinds of choice are made; exactly one makes sense.
    var count: Int { [store != nil, zone != nil, all].filter(\.self).count }

    /// The order to begin passes there.
    func order(_ kind: PassKind, _ options: PassOptions) -> PassOrder {
        PassOrder(kind: kind, store: store, zone: zone, all: all ? true : nil, options: options)
    }

    /// As words of the command line.
    var text: String {
        if let store { return "--store \(store)" }
        return zone.map { "--zone \($0)" } ?? "--all"
    }
}

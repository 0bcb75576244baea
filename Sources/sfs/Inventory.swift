import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs inventory`: compares what volumes hold with what the catalog says, both ways.
struct Inventory: Verb {
    static let configuration = CommandConfiguration(
        commandName: "inventory", abstract: "Compare volumes with the catalog, and reconcile them.",
        discussion: """
            Deletes nothing. Exits with 0 when both agree, with 1 when differences remained, with \
            3 when some of it could not be looked at.
            """)

    @OptionGroup var choice: StoreChoice

    @Flag(help: "Look at every file, not only where the two differ.")
    var force = false

    @Flag(help: "Go on though most of what is recorded is missing from the volume.")
    var acceptMissing = false

    @Flag(help: "Do not wait until it is done.")
    var detach = false

    @Flag(exclusivity: .exclusive)
    var action: PassAction?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard choice.count == 1 else {
            throw ValidationError("say which: --store, --zone or --all")
        }
        if action != nil, force || acceptMissing || detach {
            throw ValidationError("--\(action?.rawValue ?? "") begins nothing; leave the rest out")
        }
        if acceptMissing, choice.store == nil {
            throw ValidationError("--accept-missing is for one --store")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        let run = PassRun(kind: .inventory, choice: choice, session: session)
        if let action { return try await run.act(action) }
        return try await run.begin(
            PassOptions(force: force, acceptsMissing: acceptMissing), isDetached: detach)
    }
}

import ArgumentParser
import SFSClient
import SFSCore
import SFSWire
import Synchronization

/// `sfs catalog rebuild`: makes a catalog that was lost anew, from what the volumes hold.
struct RebuildCatalog: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make a lost catalog anew from what the volumes hold.",
        discussion: "What was deleted stays deleted.")

    @Flag(help: "Only watch a rebuild that is under way.")
    var watch = false

    @Flag(help: "Do not wait until it is done.")
    var detach = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if watch, detach { throw ValidationError("--watch and --detach exclude each other") }
    }

    func run(_ session: Session) async throws -> Answer {
        var state =
            watch ? try await session.prism.rebuild() : try await session.prism.rebuildCatalog()
        if detach {
            session.output.note("it goes on; see it with 'sfs catalog rebuild --watch'")
        } else {
            do {
                state = try await wait(session)
            } catch let error as CancellationError {
                session.output.note("it goes on; see it with 'sfs catalog rebuild --watch'")
                throw error
            }
        }
        return try show(state, session.output)
    }

    private final class Shown: Sendable {
        let progress = Mutex<ProgressState?>(nil)
    }

    private func wait(_ session: Session) async throws -> RebuildReply {
        let shown = Shown()
        return try await LiveLine.showing(session.output) {
            shown.progress.withLock { $0?.line(at: .now) }
        } _: {
            var stuck = Stuck(session.prism)
            return try await Poll(output: session.output).until {
                let state = try await session.prism.rebuild()
                guard !state.isDone else { return state }
                update(shown, state)
                let numbers = state.passes.flatMap { [$0.counters.files, $0.counters.bytes] }
                guard stuck.isDoubtful(numbers + [state.contents]) else { return nil }
                let rest = Set(state.passes.filter(\.isUnderWay).map(\.store) + state.missing)
                // With nothing under way it waits for somebody to see to what failed.
                guard !rest.isEmpty else { return state }
                return try await stuck.absent(of: rest).isEmpty ? nil : state
            }
        }
    }

    private func update(_ shown: Shown, _ state: RebuildReply) {
        let ended = state.passes.count { $0.state.isEnd }
        shown.progress.withLock { progress in
            progress = progress ?? ProgressState(start: .now)
            progress?.heading =
                "\(ended) of \(state.passes.count + state.missing.count) stores, "
                + "\(state.contents) contents"
            progress?.movedBytes = state.passes.reduce(0) { $0 + max(0, $1.counters.bytes) }
        }
    }

    private func show(_ state: RebuildReply, _ output: Output) throws -> Answer {
        if output.isJSON {
            try output.json(state)
        } else {
            if !state.passes.isEmpty {
                let lines = PassReport.lines(state.passes, .inventory)
                try output.line(lines.joined(separator: "\n"))
            }
            try output.line("contents: \(state.contents)")
        }
        guard !state.isDone, !detach else { return .yes }
        for pass in state.passes where pass.state == .failed {
            if let problem = PassReport.problem(of: pass) {
                output.fail(SFSError(.partial, problem))
            }
        }
        let names = state.missing.map { "'\($0)'" }.joined(separator: ", ")
        let remedy = names.isEmpty ? "see 'sfs doctor'" : "it waits for \(names)"
        output.fail(SFSError(.partial, "the catalog is not whole yet; \(remedy)"))
        return .failed(.partial)
    }
}

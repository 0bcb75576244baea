import SFSClient
import SFSCore
import SFSWire

/// Passes over the volumes of some stores: beginning, changing, watching and showing them.
struct PassRun {
    let kind: PassKind
    let choice: StoreChoice
    let session: Session

    /// Has them begun, and watches them unless the user does not want to wait.
    func begin(_ options: PassOptions, isDetached: Bool) async throws -> Answer {
        let passes = try await session.prism.beginPasses(choice.order(kind, options))
        guard !passes.isEmpty else { return try noStore() }
        guard isDetached else { return try await watch(Set(passes.map(\.store))) }
        for pass in passes {
            session.output.note(
                "\(kind.rawValue) of store '\(pass.store)' is \(pass.state.rawValue)")
        }
        session.output.note("see them with '\(self.again) --watch'")
        return .yes
    }

    /// Does something with those that are there.
    func act(_ action: PassAction) async throws -> Answer {
        let passes = try await chosen()
        guard !passes.isEmpty else { return try noStore() }
        switch action {
        case .report: return try show(passes)
        case .watch: return try await watch(Set(passes.map(\.store)))
        case .pause, .resume, .cancel: break
        }
        guard let change = action.change else { return .yes }
        var tally = Tally(output: session.output)
        for pass in passes where !pass.state.isEnd {
            try await tally.attempt {
                let changed = try await session.prism.changePass(kind, of: pass.store, change)
                if session.output.isJSON { return try session.output.json(changed) }
                try session.output.line(
                    "\(kind.rawValue) of store '\(changed.store)' is \(changed.state.rawValue)")
            }
        }
        return tally.answer("passes were not changed")
    }

    /// The command that these were begun with.
    private var again: String { "sfs \(kind.rawValue) \(choice.text)" }

    private func noStore() throws -> Answer {
        throw SFSError(.notFound, "no store has a pass for '\(again)'")
    }

    /// The last pass of each store that is meant.
    private func chosen() async throws -> [PassReply] {
        let passes = try await session.prism.passes(kind)
        if let store = choice.store { return passes.filter { $0.store == store } }
        guard let zone = choice.zone else { return passes }
        let members = try await session.prism.members()
        let stores = Set(members.filter { $0.type == .store && $0.zone == zone }.map(\.name))
        return passes.filter { stores.contains($0.store) }
    }

    private func watch(_ stores: Set<MemberName>) async throws -> Answer {
        let watch = PassWatch(kind: kind, stores: stores, session: session)
        do {
            return try show(try await watch.run())
        } catch let error as CancellationError {
            session.output.note("it goes on; see it with '\(again) --watch'")
            throw error
        }
    }

    /// Prints what they found.
    private func show(_ passes: [PassReply]) throws -> Answer {
        if session.output.isJSON {
            for pass in passes { try session.output.json(pass) }
        } else {
            try session.output.line(PassReport.lines(passes, kind).joined(separator: "\n"))
        }
        var worst = Answer.yes
        for pass in passes {
            if let problem = PassReport.problem(of: pass) {
                session.output.fail(SFSError(.partial, problem))
                worst = .failed(.partial)
            } else if PassReport.hasDifferences(pass), worst == .yes {
                worst = .no
            }
        }
        return worst
    }
}

extension PassReply {
    /// Whether the store is at it, or will be by itself.
    var isUnderWay: Bool { !state.isEnd && state != .paused }
}

extension PassState {
    /// Whether nothing more comes.
    var isEnd: Bool {
        switch self {
        case .done, .failed: true
        case .waiting, .running, .paused: false
        }
    }
}

package import Logging
package import SFSCatalog
package import SFSCore
import Synchronization

/// One member's watch over others (design.md §9): it pings them, and votes against those that do
/// not answer.
///
/// Votes of more than half of a member's watchers take `online` away from it; a good ping takes
/// the own vote back, and gives `online` back unless the others are still enough.
package final class Watch: Sendable {
    /// Asks a member whether it is alive; throws when it is not.
    package typealias Ping = @Sendable (WatchedMember) async throws -> Void

    /// Who watches.
    package let member: MemberName
    private let catalog: Catalog
    private let settings: WatchSettings
    private let ping: Ping
    private let logger: Logger
    /// Failures in a row, of those whose last ping was not good.
    private let failures = Mutex<[MemberName: Int]>([:])

    /// Will watch in the name of `member`.
    package init(
        member: MemberName, catalog: Catalog, settings: WatchSettings, logger: Logger,
        ping: @escaping Ping
    ) {
        self.member = member
        self.catalog = catalog
        self.settings = settings
        self.ping = ping
        var logger = logger
        logger[metadataKey: "watcher"] = "\(member)"
        self.logger = logger
    }

    /// Watches until the task is cancelled.
    package func run() async {
        do {
            try await Task.sleep(for: settings.startDelay)
            while true {
                await round()
                try await Task.sleep(for: settings.pingInterval)
            }
        } catch {
            // Cancelled: that is how it ends.
        }
    }

    /// Pings once all whom it watches, and draws the conclusions.
    ///
    /// While the catalog is away nobody is pinged: a vote could not be cast.
    package func round() async {
        do {
            let all = try await WatchedMember.all(catalog, silence: settings.silence)
            guard let own = all.first(where: { $0.name == member }) else { return }
            let electors = all.filter(\.isHeard).map(\.name)
            let watched = all.filter { target in
                target.url != nil
                    && Watchers.of(target.name, among: electors).contains(member)
            }
            let answers = await pingAll(watched)
            try Task.checkCancellation()
            guard !isCutOff(own, answers) else {
                logger.warning("reached nobody, so it does not vote")
                return
            }
            forgetOthers(than: watched)
            for (target, error) in answers {
                try await conclude(target, error, Watchers.of(target.name, among: electors))
            }
        } catch {
            guard !Task.isCancelled else { return }
            logger.warning("cannot watch others", metadata: ["error": "\(error)"])
        }
    }

    /// Pings all of `watched`; what went wrong with each, or `nil`.
    private func pingAll(
        _ watched: [WatchedMember]
    ) async -> [(target: WatchedMember, error: (any Error)?)] {
        await withTaskGroup(of: (WatchedMember, (any Error)?).self) { group in
            var rest = watched[...]
            func startNext() {
                guard let target = rest.popFirst() else { return }
                group.addTask { [self] in (target, await failure(of: target)) }
            }
            for _ in 0..<settings.pingConcurrency { startNext() }
            var answers: [(target: WatchedMember, error: (any Error)?)] = []
            for await answer in group {
                answers.append((answer.0, answer.1))
                startNext()
            }
            return answers
        }
    }

    private func failure(of target: WatchedMember) async -> (any Error)? {
        do {
            try await withTimeLimit(settings.pingTimeout, "member '\(target.name)'") { [ping] in
                try await ping(target)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Whether the fault is here: of several members on other hosts none answered.
    private func isCutOff(
        _ own: WatchedMember, _ answers: [(target: WatchedMember, error: (any Error)?)]
    ) -> Bool {
        // Members of this host answer however cut off it is.
        let elsewhere = answers.filter { $0.target.host != own.host }
        let judged = elsewhere.isEmpty ? answers : elsewhere
        return judged.count > 1 && judged.allSatisfy { $0.error != nil }
    }

    private func forgetOthers(than watched: [WatchedMember]) {
        let names = Set(watched.map(\.name))
        failures.withLock { $0 = $0.filter { names.contains($0.key) } }
    }

    private func conclude(
        _ target: WatchedMember, _ error: (any Error)?, _ watchers: [MemberName]
    ) async throws {
        guard let error else {
            let hadFailed = failures.withLock { $0.removeValue(forKey: target.name) } != nil
            guard hadFailed || !target.isOnline else { return }
            return try await restore(target, watchers)
        }
        let count = failures.withLock { failures in
            failures[target.name, default: 0] += 1
            return failures[target.name] ?? 0
        }
        guard count >= settings.failures else { return }
        let reason = "\(count) pings in a row failed: \(SFSError(wrapping: error).message)"
        try await catalog.castVote(
            target: target.name, voter: member, reason: reason, life: settings.voteLife)
        let isDown = try await catalog.settleVotes(target: target.name, watchers: watchers)
        logger.warning(
            "voted that a member is down",
            metadata: [
                "member": "\(target.name)", "reason": "\(reason)", "isDown": "\(isDown)",
            ])
    }

    private func restore(_ target: WatchedMember, _ watchers: [MemberName]) async throws {
        try await catalog.restoreMember(target.name, voter: member, watchers: watchers)
        logger.notice("a member answers again", metadata: ["member": "\(target.name)"])
    }
}

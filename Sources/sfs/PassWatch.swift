import SFSClient
import SFSCore
import SFSWire
import Synchronization

/// Waits for passes to end, and shows how far they are.
struct PassWatch {
    let kind: PassKind
    let stores: Set<MemberName>
    let session: Session

    private final class Shown: Sendable {
        let progress = Mutex<ProgressState?>(nil)
    }

    /// The passes as they are when all have ended, are paused, or wait for stores that are not there.
    func run() async throws -> [PassReply] {
        let shown = Shown()
        return try await LiveLine.showing(session.output) {
            shown.progress.withLock { $0?.line(at: .now) }
        } _: {
            var stuck = Stuck(session.prism)
            return try await Poll(output: session.output).until {
                let passes = try await session.prism.passes(kind)
                    .filter { stores.contains($0.store) }
                update(shown, passes)
                let rest = passes.filter(\.isUnderWay)
                guard !rest.isEmpty else { return passes }
                let state = passes.flatMap { [$0.counters.files, $0.counters.bytes] }
                guard stuck.isDoubtful(state) else { return nil }
                let absent = try await stuck.absent(of: Set(rest.map(\.store)))
                return absent.isEmpty ? nil : passes
            }
        }
    }

    private func update(_ shown: Shown, _ passes: [PassReply]) {
        let ended = passes.count { $0.state.isEnd }
        let part = passes.reduce(0) { $0 + ($1.state.isEnd ? 1 : $1.progress) }
        let percent = Int((part / Double(max(1, passes.count)) * 100).rounded(.down))
        shown.progress.withLock { progress in
            progress = progress ?? ProgressState(start: .now)
            progress?.heading = "\(ended) of \(passes.count) stores, \(percent)%"
            progress?.movedBytes = passes.reduce(0) { $0 + max(0, $1.counters.bytes) }
        }
    }
}

import NIOCore
import Synchronization

/// The connections that are open, over all listeners of one server.
final class ConnectionRegistry: Sendable {
    /// What becomes of a new connection.
    enum Admission {
        case admitted
        /// To be told that the server is full.
        case refused
        /// To be closed without a word: even those who are told so are too many.
        case ignored
    }

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
        /// Who waits until there is no connection any more.
        var waiting: [CheckedContinuation<Void, Never>] = []

        /// Forgets a connection that was closed; those who waited for the last one.
        mutating func remove(_ id: ObjectIdentifier) -> [CheckedContinuation<Void, Never>] {
            channels[id] = nil
            guard channels.isEmpty else { return [] }
            defer { waiting = [] }
            return waiting
        }
    }

    /// How many connections above the limit are answered.
    private static let refusalsMaximum = 256

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether connections end after the request at hand.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Counts `channel` until it is closed.
    func admit(_ channel: any Channel) -> Admission {
        let id = ObjectIdentifier(channel)
        let admission = state.withLock { state -> Admission in
            guard !state.isDraining, state.channels.count < limit + Self.refusalsMaximum else {
                return .ignored
            }
            state.channels[id] = channel
            return state.channels.count <= limit ? .admitted : .refused
        }
        channel.closeFuture.whenComplete { _ in
            let waiting = self.state.withLock { $0.remove(id) }
            for wake in waiting { wake.resume() }
        }
        return admission
    }

    /// Waits until there is no connection; for who has stopped to admit any.
    func waitUntilEmpty() async {
        await withCheckedContinuation { wake in
            let isEmpty = state.withLock { state in
                if !state.channels.isEmpty { state.waiting.append(wake) }
                return state.channels.isEmpty
            }
            if isEmpty { wake.resume() }
        }
    }

    /// Ends each connection as soon as no request runs on it, and admits no other.
    func drain() {
        for channel in stopAdmitting() {
            channel.pipeline.fireUserInboundEventTriggered(DrainEvent())
        }
    }

    /// Ends each connection now, and admits no other.
    func closeAll() {
        for channel in stopAdmitting() { channel.close(promise: nil) }
    }

    private func stopAdmitting() -> [any Channel] {
        state.withLock { state in
            state.isDraining = true
            return Array(state.channels.values)
        }
    }
}

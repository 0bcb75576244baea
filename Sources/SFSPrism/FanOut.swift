import NIOCore
import SFSCore
import SFSFiles
import SFSWire

/// Streams one body to several stores at once and hashes it on the way: one pass, nothing kept.
///
/// The slowest store sets the pace; one that fails, or takes nothing for `stallLimit`, is left
/// behind and the rest goes on.
struct FanOut {
    /// A store that takes part, and the name that it knows the bytes under.
    struct Target: Sendable {
        let member: Fleet.Member
        let upload: UploadID
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// What the prism itself counted and hashed.
        var received: ReceivedBytes
        /// Stores that have all of it in their spool.
        var arrived: [Target]
        /// Stores that do not, and why; nothing is left on them.
        var failed: [(target: Target, error: any Error)]
    }

    let algorithm: HashAlgorithm
    let length: Int64?
    let windowBytes: Int
    let stallLimit: Duration

    private enum Event: Sendable {
        case arrived(Int, ReceivedBytes)
        case failed(Int, any Error)
        case sent(ReceivedBytes)
    }

    /// Sends all of `body` to `targets`.
    ///
    /// - Throws: what reading `body` throws, in which case nothing is left on any store.
    func send(_ body: ByteStream, to targets: [Target]) async throws -> Outcome {
        let channels = targets.map { _ in ByteChannel(limit: windowBytes) }
        return try await withThrowingTaskGroup(of: Event.self) { group in
            for (index, target) in targets.enumerated() {
                group.addTask { await receive(channels[index], at: target, index) }
            }
            group.addTask { .sent(try await pump(body, into: channels)) }
            var sent: ReceivedBytes?
            var arrived: [(Target, ReceivedBytes)] = []
            var failed: [(target: Target, error: any Error)] = []
            do {
                while sent == nil || arrived.count + failed.count < targets.count {
                    switch try await group.next() {
                    case .sent(let received): sent = received
                    case .arrived(let index, let received):
                        arrived.append((targets[index], received))
                    case .failed(let index, let error):
                        failed.append((targets[index], error))
                    case nil: break
                    }
                }
            } catch {
                for channel in channels { channel.finish(throwing: error) }
                group.cancelAll()
                while let event = await group.nextResult() {
                    switch event {
                    case .success(.arrived(let index, _)):
                        await targets[index].member.transport.discard(targets[index].upload)
                    case .success(.failed(let index, let error)):
                        failed.append((targets[index], error))
                    case .success(.sent), .failure: break
                    }
                }
                throw reason(for: error, failed.map(\.error))
            }
            group.cancelAll()
            return await outcome(try sent.unwrapped(), arrived, failed)
        }
    }

    /// Why nothing was taken in: that all stores are full is worth telling.
    private func reason(for error: any Error, _ failures: [any Error]) -> any Error {
        let full = failures.lazy.compactMap { $0 as? SFSError }.first { $0.code == .noSpace }
        guard let full, (error as? SFSError)?.code == .unavailable else { return error }
        return full
    }

    /// Sorts out stores that received something else than was sent.
    private func outcome(
        _ sent: ReceivedBytes, _ arrived: [(target: Target, received: ReceivedBytes)],
        _ failed: [(target: Target, error: any Error)]
    ) async -> Outcome {
        var outcome = Outcome(received: sent, arrived: [], failed: failed)
        for (target, received) in arrived {
            if received == sent {
                outcome.arrived.append(target)
            } else {
                let name = target.member.facts.name
                await target.member.transport.discard(target.upload)
                outcome.failed.append(
                    (target, SFSError(.corrupt, "store '\(name)' received other bytes than sent")))
            }
        }
        return outcome
    }

    private func receive(_ channel: ByteChannel, at target: Target, _ index: Int) async -> Event {
        do {
            return .arrived(index, try await receiveWatched(channel, at: target))
        } catch {
            channel.abandon()
            return .failed(index, error)
        }
    }

    /// Gives a store up that takes nothing, or does not answer the end, for `stallLimit`.
    private func receiveWatched(
        _ channel: ByteChannel, at target: Target
    ) async throws -> ReceivedBytes {
        try await withThrowingTaskGroup(of: ReceivedBytes?.self) { group in
            group.addTask {
                try await target.member.transport.receive(
                    target.upload, algorithm: algorithm, length: length, body: channel.stream)
            }
            group.addTask {
                while !channel.isStalled(for: stallLimit) {
                    try await Task.sleep(for: .milliseconds(250))
                }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let received = first else {
                throw SFSError(
                    .timeout, "store '\(target.member.facts.name)' takes no more bytes")
            }
            return received
        }
    }

    private func pump(
        _ body: ByteStream, into channels: [ByteChannel]
    ) async throws -> ReceivedBytes {
        let hasher = try ContentHasher(algorithm)
        var live = channels
        var size: Int64 = 0
        for try await chunk in body {
            var next: [ByteChannel] = []
            for channel in live {
                let isTaken = try await channel.send(chunk)
                if isTaken { next.append(channel) }
            }
            // Hashing while the stores write: they have the chunk already.
            hasher.update(chunk)
            size += Int64(chunk.readableBytes)
            if next.isEmpty, !live.isEmpty {
                throw SFSError(.unavailable, "every store that took the content failed")
            }
            live = next
        }
        if let length, size != length {
            throw SFSError(.protocol, "the body has \(size) bytes, \(length) were announced")
        }
        for channel in live { channel.finish() }
        return ReceivedBytes(hash: try hasher.finish(), size: size)
    }
}

extension Optional {
    /// The value, where its absence would be a bug.
    fileprivate func unwrapped() throws(SFSError) -> Wrapped {
        guard let self else { throw SFSError(.internal, "internal error") }
        return self
    }
}

package import SFSCore
package import SFSFiles

/// What was read as a whole lately and matched.
///
/// A proof belongs to one file as it was then: another file of that name, or the slightest change
/// of that one (of its bytes, attributes or permissions), and it proves nothing any more. What it
/// cannot see is rot beneath the file system within the window; that is what the window is for.
package final class Proofs: Sendable {
    /// So many replicas are remembered at most, about 25 MB of them.
    private static let countMaximum = 200_000

    private let known: RecentCache<Key, Proof>

    /// Remembers nothing yet.
    package init() {
        known = RecentCache(countMaximum: Self.countMaximum)
    }

    /// 128 bits of a hash: enough to tell any two, and without the cost of the whole.
    private struct Key: Sendable, Hashable {
        let high: UInt64
        let low: UInt64

        init(_ hash: ContentHash) {
            high = hash.bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
            low = hash.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private struct Proof: Sendable {
        /// By a clock that nobody can set (promises.md C10).
        let moment: ContinuousClock.Instant
        let time: Timestamp
        let inode: UInt64
        let changed: Int64
        let size: Int64
    }

    /// Notes that all bytes of the file with `status` are `hash`; they were read, or written, after
    /// `moment`, which was `time` by this machine's clock.
    package func note(
        _ hash: ContentHash, _ status: FileStatus, since moment: ContinuousClock.Instant,
        _ time: Timestamp
    ) {
        known.set(
            Key(hash),
            Proof(
                moment: moment, time: time, inode: status.inode, changed: status.changed,
                size: status.size))
    }

    /// When the file with `status`, which is there now, was proven to be `hash`; `nil` when that
    /// was before `moment`, or it is not that file as it was.
    package func time(
        of hash: ContentHash, _ status: FileStatus, since moment: ContinuousClock.Instant
    ) -> Timestamp? {
        guard let proof = known[Key(hash)], proof.moment >= moment,
            proof.inode == status.inode, proof.changed == status.changed,
            proof.size == status.size
        else { return nil }
        return proof.time
    }

    /// Forgets what is known of `hash`.
    package func forget(_ hash: ContentHash) {
        known.set(Key(hash), nil)
    }

    /// Forgets everything: the volume may be another one.
    package func forgetAll() {
        known.removeAll()
    }
}

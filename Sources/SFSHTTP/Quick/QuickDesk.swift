import NIOCore
import SFSCore

/// What one event loop keeps at hand for the quick path.
///
/// These are prepared answers, the date, and what was counted lately. Nothing of it is shared, so
/// nothing of it is locked.
final class QuickDesk {
    /// A prepared answer under its target.
    final class Entry {
        /// Tells it apart from all others of the loop, for a long time.
        let number: UInt32
        let target: [UInt8]
        let reply: PreparedReply
        /// Number of bytes.
        let size: Int64
        let source: PreparedSource
        /// The reply's fields as they are sent.
        let fields: ByteBuffer
        let prepared: NIODeadline
        init(number: UInt32, target: [UInt8], reply: PreparedReply, now: NIODeadline) {
            self.number = number
            self.target = target
            self.reply = reply
            size = reply.bytes.size
            source = reply.bytes.source
            prepared = now
            var fields = ByteBuffer()
            ResponseHead.write(reply.fields, into: &fields)
            self.fields = fields
        }

        /// The file that has the bytes, where that is not the memory.
        var file: FileSlice? {
            if case .file(let file) = source { file } else { nil }
        }
    }

    private struct Tally {
        let entry: Entry
        let client: QuickClient
        private(set) var answers = 0
        private(set) var bytes: Int64 = 0

        init(entry: Entry, client: QuickClient) {
            self.entry = entry
            self.client = client
        }

        mutating func add(_ bytes: Int64) {
            answers += 1
            self.bytes += bytes
        }
    }

    private struct TallyKey: Hashable {
        let entry: ObjectIdentifier
        let client: ObjectIdentifier
    }

    /// How long an answer is sent at most before it is prepared anew: what was done to the file
    /// behind the program's back is noticed then.
    private static let life: TimeAmount = .seconds(10)
    /// From when on it is prepared anew while the old one is still sent, so that nobody waits.
    private static let renewalAge: TimeAmount = .seconds(5)
    /// How long counts wait here before they are told.
    private static let tallyDelay: TimeAmount = .milliseconds(250)
    private static let tallyMaximum = 4096
    private static let clientsMaximum = 4096

    /// Where answers are put together; empty between two of them.
    var scratch = ByteBufferAllocator().buffer(capacity: 32 << 10)

    private let loop: any EventLoop
    /// What was found in the kernel's cache lately.
    var warm = WarmBlocks()
    private var entries: RecentTable<Int, Entry>
    private var clients = RecentTable<Int, QuickClient>(countMaximum: clientsMaximum)
    private var lastNumber: UInt32 = 0
    private var isRenewing = false
    private var tallies: [TallyKey: Tally] = [:]
    private var date: (second: Int64, line: ByteBuffer) = (.min, ByteBuffer())

    /// A desk on `loop` that keeps up to `countMaximum` answers.
    init(loop: any EventLoop, countMaximum: Int) {
        self.loop = loop
        entries = RecentTable(countMaximum: countMaximum)
        scheduleSweep()
    }

    /// Forgets what is not to be sent any more, from time to time, so that files which are gone are
    /// not kept open by nobody's requests.
    private func scheduleSweep() {
        loop.assumeIsolated().scheduleTask(in: Self.life) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            entries.keep { isGood($0, now) }
            scheduleSweep()
        }
    }

    private func isGood(_ entry: Entry, _ now: NIODeadline) -> Bool {
        now - entry.prepared < Self.life && entry.reply.bytes.isCurrent
    }

    /// The answer for the target at `range`, if there is a good one.
    func entry(
        for range: Range<Int>, in bytes: UnsafeRawBufferPointer, now: NIODeadline
    ) -> Entry? {
        let key = bytes.keyed(range)
        guard let entry = entries[key] else { return nil }
        guard isGood(entry, now), entry.target.elementsEqual(bytes[range]) else {
            entries[key] = nil
            return nil
        }
        return entry
    }

    /// Keeps the answer for `target` for the next time.
    func keep(_ reply: PreparedReply, for target: [UInt8]) -> Entry {
        lastNumber = lastNumber == .max ? 1 : lastNumber + 1
        let entry = Entry(number: lastNumber, target: target, reply: reply, now: .now())
        entries[Self.key(of: target)] = entry
        return entry
    }

    private static func key(of target: [UInt8]) -> Int {
        target.withUnsafeBytes { $0.keyed(0..<$0.count) }
    }

    /// Whether `entry` should be renewed now: one after the other, so that those who are being
    /// answered hardly notice.
    func isDue(_ entry: Entry, _ now: NIODeadline) -> Bool {
        !isRenewing && now - entry.prepared >= Self.renewalAge
    }

    /// Prepares `entry` anew, as `request` asks for it, while it is still sent.
    func renew(_ entry: Entry, by request: HTTPRequest, _ handler: any HTTPHandler) {
        isRenewing = true
        loop.makeFutureWithTask { await handler.prepare(request) }
            .assumeIsolated().whenComplete { [self] result in
                isRenewing = false
                // A future of this kind never fails. What is not to be prepared goes the long way.
                if case .success(.some(let reply)) = result {
                    _ = keep(reply, for: entry.target)
                } else {
                    entries[Self.key(of: entry.target)] = nil
                }
            }
    }

    /// A client with that address and agent, and no referer; the same object for all connections by
    /// which it came lately, so that they are counted together.
    func client(address: String, agent: String) -> QuickClient {
        var hasher = Hasher()
        hasher.combine(address)
        hasher.combine(agent)
        let key = hasher.finalize()
        if let client = clients[key], client.address == address, client.agent == agent {
            return client
        }
        let client = QuickClient(address: address, agent: agent, referer: nil)
        clients[key] = client
        return client
    }

    /// The line `Date` of an answer, worked out once a second.
    var dateLine: ByteBuffer {
        let now = Timestamp.now()
        let second = now.milliseconds / 1000
        if second != date.second {
            date = (second, ByteBuffer(string: "Date: \(HTTPDate.text(now))\r\n"))
        }
        return date.line
    }

    /// Counts one answer.
    func count(_ bytes: Int64, of entry: Entry, for client: QuickClient) {
        if tallies.isEmpty {
            loop.assumeIsolated().scheduleTask(in: Self.tallyDelay) { self.tell() }
        }
        let key = TallyKey(entry: ObjectIdentifier(entry), client: ObjectIdentifier(client))
        tallies[key, default: Tally(entry: entry, client: client)].add(bytes)
        if tallies.count >= Self.tallyMaximum { tell() }
    }

    /// Tells what was counted, on another thread: hundreds of counts take milliseconds, in which
    /// nobody here would be answered.
    private func tell() {
        let told = tallies.values.map { ($0.entry.reply, $0.client, $0.answers, $0.bytes) }
        tallies.removeAll(keepingCapacity: true)
        _ = loop.makeFutureWithTask {
            for (reply, client, answers, bytes) in told { reply.count(client, answers, bytes) }
        }
    }
}

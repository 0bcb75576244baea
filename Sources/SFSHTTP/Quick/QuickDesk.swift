import NIOCore
import SFSCore

/// What one event loop keeps at hand for the quick path.
///
/// These are prepared answers, the date, and what was counted lately. Nothing of it is shared, so
/// nothing of it is locked.
final class QuickDesk {
    /// A prepared answer under its target.
    final class Entry {
        let target: [UInt8]
        let reply: PreparedReply
        /// Number of bytes.
        let size: Int64
        let source: PreparedSource
        /// The reply's fields as they are sent.
        let fields: ByteBuffer
        let prepared: NIODeadline
        /// Which bytes were sent or checked lately, and when; the last ones only.
        private var touched: [(range: Range<Int64>, time: NIODeadline)] = []
        private var nextTouched = 0

        private static let touchedMaximum = 8

        init(target: [UInt8], reply: PreparedReply, now: NIODeadline) {
            self.target = target
            self.reply = reply
            size = reply.bytes.size
            source = reply.bytes.source
            prepared = now
            var fields = ByteBuffer()
            ResponseHead.write(reply.fields, into: &fields)
            self.fields = fields
        }

        /// Whether the bytes at `range` were sent or checked at most `time` before `now`: then they
        /// were in memory, and still are.
        func wasTouched(_ range: Range<Int64>, within time: TimeAmount, of now: NIODeadline) -> Bool
        {
            touched.contains { touched in
                touched.range.lowerBound <= range.lowerBound
                    && range.upperBound <= touched.range.upperBound && now - touched.time < time
            }
        }

        /// Notes that the bytes at `range` are in memory.
        func touch(_ range: Range<Int64>, at time: NIODeadline) {
            if touched.count < Self.touchedMaximum {
                touched.append((range, time))
            } else {
                touched[nextTouched] = (range, time)
                nextTouched = (nextTouched + 1) % Self.touchedMaximum
            }
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

    /// How long an answer is sent before it is prepared anew: what was done to the file behind the
    /// program's back is noticed then.
    private static let life: TimeAmount = .seconds(10)
    /// How long counts wait here before they are told.
    private static let tallyDelay: TimeAmount = .milliseconds(250)
    private static let tallyMaximum = 4096

    /// Where answers are put together; empty between two of them.
    var scratch = ByteBufferAllocator().buffer(capacity: 32 << 10)

    private let loop: any EventLoop
    private let half: Int
    // As in `RecentCache`: what was not asked for while one generation filled up is forgotten.
    private var young: [Int: Entry] = [:]
    private var old: [Int: Entry] = [:]
    private var tallies: [TallyKey: Tally] = [:]
    private var date: (second: Int64, line: ByteBuffer) = (.min, ByteBuffer())

    /// A desk on `loop` that keeps up to `countMaximum` answers.
    init(loop: any EventLoop, countMaximum: Int) {
        self.loop = loop
        half = max(1, countMaximum / 2)
        scheduleSweep()
    }

    /// Forgets what is not to be sent any more, from time to time, so that files which are gone are
    /// not kept open by nobody's requests.
    private func scheduleSweep() {
        loop.assumeIsolated().scheduleTask(in: Self.life) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            young = young.filter { isGood($0.value, now) }
            old = old.filter { isGood($0.value, now) }
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
        guard let entry = young[key] ?? old.removeValue(forKey: key) else { return nil }
        guard isGood(entry, now), entry.target.elementsEqual(bytes[range])
        else {
            young[key] = nil
            return nil
        }
        if young[key] == nil { insert(entry, key) }
        return entry
    }

    /// Keeps `entry` for the next time.
    func keep(_ entry: Entry) {
        insert(entry, entry.target.withUnsafeBytes { $0.keyed(0..<$0.count) })
    }

    private func insert(_ entry: Entry, _ key: Int) {
        young[key] = entry
        guard young.count >= half else { return }
        old = young
        young = [:]
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

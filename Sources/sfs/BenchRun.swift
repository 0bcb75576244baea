import NIOCore
import SFSClient
import SFSCore
import SFSWire

/// Measures one mode after the other, with contents of its own.
struct BenchRun: Sendable {
    let prism: PrismClient
    let trail: BenchTrail
    /// Bytes of a content.
    let size: Int64
    /// Bytes of a range.
    let rangeSize: Int64
    let bounds: BenchBounds
    let daemon: DaemonTime?

    /// Contents that are read, unless fewer were put or fit.
    private static let readMaximum = 64
    private let bytes = BenchBytes()

    init(
        prism: PrismClient, trail: BenchTrail, size: Int64, rangeSize: Int64, bounds: BenchBounds,
        daemon: DaemonTime?
    ) {
        self.prism = prism
        self.trail = trail
        self.size = size
        self.rangeSize = min(rangeSize, size)
        self.bounds = bounds
        self.daemon = daemon
    }

    /// Measures `mode`; what it needs is put before.
    func measure(_ mode: BenchMode) async throws -> BenchReport {
        switch mode {
        case .put:
            return try await report(mode, size) { _ in
                try await trail.put(bytes.stream(of: size), length: size)
            }
        case .get:
            let contents = try await contents()
            return try await report(mode, size) { turn in
                let body = try await prism.get(contents[turn % contents.count])
                try await drain(body)
            }
        case .range:
            let contents = try await contents()
            return try await report(mode, rangeSize) { turn in
                let first = Int64.random(in: 0...size - rangeSize)
                let range = ByteRange.from(first: first, last: first + rangeSize - 1)
                let body = try await prism.get(contents[turn % contents.count], range: range)
                try await drain(body)
            }
        case .purchase:
            let contents = try await contents()
            return try await report(mode, 0) { turn in
                _ = try await trail.purchase(contents[turn % contents.count])
            }
        case .play: return try await measurePlay()
        }
    }

    private func measurePlay() async throws -> BenchReport {
        var sold: [PurchaseReply] = []
        for hash in try await contents() { sold.append(try await trail.purchase(hash)) }
        let purchases = sold
        let viewer = Viewer(prism)
        do {
            let report = try await report(.play, size) { turn in
                try await drain(try await viewer.play(purchases[turn % purchases.count].token))
            }
            await viewer.shutdown()
            return report
        } catch {
            await viewer.shutdown()
            throw error
        }
    }

    private func report(
        _ mode: BenchMode, _ size: Int64, _ step: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> BenchReport {
        let before = daemon?.seconds()
        let tally = try await bounds.load(bytes: size, step)
        let after = daemon?.seconds()
        let spent = before.flatMap { before in after.map { $0 - before } }
        return BenchReport(
            mode, size: size, concurrency: bounds.concurrency, tally, cpuSeconds: spent)
    }

    /// Contents to read, put now when there are none yet.
    private func contents() async throws -> [ContentHash] {
        let wanted = Int(clamping: max(1, min(Int64(Self.readMaximum), bounds.bytesMaximum / size)))
        for _ in min(trail.contents.count, wanted)..<wanted {
            try await trail.put(bytes.stream(of: size), length: size)
        }
        return Array(trail.contents.prefix(wanted))
    }

    private func drain(_ body: ContentBody) async throws {
        for try await _ in body.bytes {}
    }
}

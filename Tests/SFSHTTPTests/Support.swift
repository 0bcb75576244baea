import Foundation
import Glibc
import NIOCore
import Synchronization

/// A number that threads may add to.
final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    /// Adds and tells the sum.
    @discardableResult
    func add(_ more: Int) -> Int { count.add(more, ordering: .relaxed).newValue }
}

/// Allows this process as many open files as the system lets it.
func raiseDescriptorLimit() throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
        throw RawClient.Failure("getrlimit")
    }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
        throw RawClient.Failure("setrlimit")
    }
}

/// Asks again every few milliseconds until `condition` holds; `false` after thirty seconds.
func eventually(_ condition: () -> Bool) async throws -> Bool {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(30)
    while clock.now < deadline {
        if condition() { return true }
        try await clock.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// A value that one task finds and others wait for.
final class Outcome<Value: Sendable>: Sendable {
    private let found = Mutex<Value?>(nil)
    private let gate = Gate()

    /// The value, as soon as there is one.
    var value: Value {
        get async {
            await gate.pass()
            guard let value = found.withLock({ $0 }) else { preconditionFailure("cancelled") }
            return value
        }
    }

    func set(_ value: Value) {
        found.withLock { $0 = value }
        gate.open()
    }
}

/// `size` zero bytes in chunks of 256 KiB, counted in `made`.
struct Zeros: AsyncSequence, Sendable {
    private final class End: Sendable {
        let then: @Sendable () -> Void
        init(_ then: @escaping @Sendable () -> Void) { self.then = then }
        deinit { then() }
    }

    private let size: Int64
    private let made: Counter
    private let end: End

    /// `atEnd` is called when nobody can read any more.
    init(_ size: Int64, _ made: Counter, atEnd: @escaping @Sendable () -> Void = {}) {
        self.size = size
        self.made = made
        end = End(atEnd)
    }

    func makeAsyncIterator() -> Iterator { Iterator(zeros: self, missing: size) }

    struct Iterator: AsyncIteratorProtocol {
        private static let chunk = ByteBuffer(repeating: 0, count: 256 << 10)

        fileprivate let zeros: Zeros
        fileprivate var missing: Int64

        mutating func next() async throws -> ByteBuffer? {
            guard missing > 0 else { return nil }
            let count = Swift.min(missing, Int64(Self.chunk.readableBytes))
            missing -= count
            zeros.made.add(Int(count))
            return Self.chunk.getSlice(at: 0, length: Int(count))
        }
    }
}

/// A file that is gone afterwards.
enum TemporaryFile {
    static func with<R>(_ bytes: [UInt8], _ body: (String) async throws -> R) async throws -> R {
        try await TemporaryFolder.with { folder in
            let path = folder + "/file"
            try Data(bytes).write(to: URL(filePath: path))
            return try await body(path)
        }
    }
}

/// A folder that is gone afterwards, with a path short enough for sockets.
enum TemporaryFolder {
    static func with<R>(_ body: (String) async throws -> R) async throws -> R {
        let path = "/tmp/sfs-http-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}

/// How often this process has the file at `path` open.
func openFiles(_ path: String) -> Int {
    let folder = "/proc/self/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { name in
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")) == path
    }
}

/// Bytes of memory that this process uses.
func residentBytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (Int(status.split(separator: " ")[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
}

/// Waits, on a thread that may block, until `value` has not changed for a quarter of a second.
func waitUntilStill(_ value: () -> Int) throws -> Int {
    var last = -1
    for _ in 0..<100 {
        let now = value()
        if now == last { return now }
        last = now
        usleep(250_000)
    }
    throw RawClient.Failure("it never stood still")
}

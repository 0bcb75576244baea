import Glibc
import NIOCore
import SFSCore
import SFSHTTP
import Synchronization

/// A file in answer to everything below `/file`, by the quick path and by the long way alike.
final class PreparedFile: HTTPHandler {
    /// What the bytes should do wrong.
    enum Fault: Sendable {
        case none
        /// From this offset on they turn out bad; other bytes can be had from elsewhere.
        case bad(from: Int64)
        /// The same, and there is no elsewhere.
        case lost(from: Int64)
    }

    let bytes: [UInt8]
    /// How often it was prepared, and answered the long way.
    let prepared = Counter()
    let answered = Counter()
    /// What was counted: answers and bytes.
    let told = Mutex<(answers: Int, bytes: Int64)>((0, 0))
    let isCurrent = Atomic(true)
    let isRefused = Atomic(false)
    let preparesReplies: Bool
    /// The file that was prepared last; -1 before.
    private let descriptor = Atomic<CInt>(-1)
    private let fault: Fault
    private let isInMemory: Bool

    init(
        size: Int, isInMemory: Bool = false, fault: Fault = .none, preparesReplies: Bool = true
    ) {
        bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        self.isInMemory = isInMemory
        self.fault = fault
        self.preparesReplies = preparesReplies
    }

    var buffer: ByteBuffer { ByteBuffer(bytes: bytes) }

    func respond(to request: HTTPRequest, body: RequestBody) async -> HTTPResponse {
        answered.add(1)
        guard request.path.hasPrefix("/file"), ["GET", "HEAD"].contains(request.method) else {
            return .text("\(request.method) \(request.path)", status: 404)
        }
        let choice = Conditional.evaluate(
            method: request.method, headers: request.headers, entityTag: "\"tag\"",
            size: Int64(bytes.count))
        switch choice {
        case .part(let range):
            return HTTPResponse(
                status: 206,
                headers: [
                    "Content-Range":
                        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)",
                    "X-Kind": "file",
                ], body: .bytes(part(range)))
        case .whole:
            return HTTPResponse(status: 200, headers: ["X-Kind": "file"], body: .bytes(buffer))
        default: return .text("\(choice)", status: 416)
        }
    }

    func prepare(_ request: HTTPRequest) async -> PreparedReply? {
        guard request.path.hasPrefix("/file") else { return nil }
        prepared.add(1)
        isCurrent.store(true, ordering: .relaxed)
        guard let source = isInMemory ? .memory(buffer) : openFile() else { return nil }
        return PreparedReply(
            bytes: Bytes(file: self, source: source, checked: Mutex(0)),
            fields: ["X-Kind": "file"],
            admit: { [self] _ in
                isRefused.load(ordering: .relaxed) ? .refused : .admitted(privately: nil)
            },
            count: { [self] _, answers, bytes in
                told.withLock { $0 = ($0.answers + answers, $0.bytes + bytes) }
            })
    }

    /// Cuts the file that was prepared last, which has to be in use still.
    func cut(to size: Int) {
        ftruncate(descriptor.load(ordering: .relaxed), size)
    }

    private func part(_ range: Range<Int64>) -> ByteBuffer {
        ByteBuffer(bytes: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
    }

    /// The bytes in a file without a name.
    private func openFile() -> PreparedSource? {
        var name = Array("/tmp/sfs-prepared.XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        unlink(name)
        guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
            return nil
        }
        self.descriptor.store(descriptor, ordering: .relaxed)
        let slice = try? FileSlice(
            takingOwnershipOf: descriptor, offset: 0, count: Int64(bytes.count))
        return slice.map(PreparedSource.file)
    }

    private final class Bytes: PreparedBytes {
        let file: PreparedFile
        let source: PreparedSource
        /// Up to where they were checked.
        let checked: Mutex<Int64>

        init(file: PreparedFile, source: PreparedSource, checked: consuming Mutex<Int64>) {
            self.file = file
            self.source = source
            self.checked = checked
        }

        var size: Int64 { Int64(file.bytes.count) }
        var isCurrent: Bool { file.isCurrent.load(ordering: .relaxed) }

        func isChecked(_ range: Range<Int64>) -> Bool {
            checked.withLock { $0 >= range.upperBound }
        }

        func check(_ range: Range<Int64>) async throws {
            switch file.fault {
            case .bad(let start), .lost(let start):
                if range.upperBound > start { throw SFSError(.corrupt, "bad bytes") }
            case .none: break
            }
            checked.withLock { $0 = max($0, range.upperBound) }
        }

        func rest(_ range: Range<Int64>) async throws -> ByteStream {
            if case .lost = file.fault { throw SFSError(.corrupt, "no other bytes") }
            return ByteStream(file.part(range))
        }
    }
}

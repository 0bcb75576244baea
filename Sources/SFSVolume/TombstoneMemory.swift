import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// What was deleted from a volume: the file `tombstones`, which outlives the trash, so that a
/// catalog that is made anew from the disks does not bring it back (promises.md, D9).
///
/// Lines are appended, a hash may have several; the highest generation counts. Now and then the
/// file is written anew with one line for each hash.
final class TombstoneMemory: Sendable {
    static let name: FilePath = "tombstones"
    /// Where a new file waits until it is on the disk.
    private static let newName: FilePath = "tombstones.new"
    /// Bytes below which nothing is won by writing the file anew.
    private static let lengthMinimum: Int64 = 1 << 20
    /// Bytes of lines that are sorted out at a time; about twice as many in memory.
    private static let partLength: Int64 = 4 << 20

    private struct State {
        /// The file, when nothing failed since it was opened.
        var file: OpenFile?
        var length: Int64 = 0
        /// Its length when each hash last had one line; 0 when that is not known.
        var compactLength: Int64 = 0
        /// Whether the file may have bytes that the kernel could not bring to the disk.
        var hasFailed = false
    }

    private let root: Folder
    private let state = Mutex(State())

    init(in root: Folder) {
        self.root = root
    }

    /// Adds `stones`; they are on the disk when this returns.
    func append(_ stones: [(ContentHash, Int32)]) throws {
        guard !stones.isEmpty else { return }
        try state.withLock { state in
            if state.hasFailed { try rewrite(&state) }
            do {
                let file = try open(&state)
                let lines = stones.flatMap { TombstoneLine.encode($0.0, $0.1) }
                try lines.withUnsafeBytes { try file.write($0, at: state.length) }
                try file.synchronize()
                state.length += Int64(lines.count)
            } catch {
                // The kernel may have dropped what it could not write and would call the next
                // synchronisation a success: the file is not written to again, but replaced.
                (state.file, state.hasFailed) = (nil, true)
                throw error
            }
            compact(&state)
        }
    }

    /// Calls `body` with every line, in no order; the number of lines that could not be read.
    ///
    /// A hash may come several times. What is added meanwhile is given or not.
    func forEach(_ body: (ContentHash, Int32) throws -> Void) throws -> Int {
        guard let file = try root.openFileIfThere(Self.name) else { return 0 }
        return try TombstoneLine.forEach(in: file, body)
    }

    private func open(_ state: inout State) throws -> OpenFile {
        if let file = state.file { return file }
        let file = try root.openOrCreateFile(Self.name, permissions: 0o644)
        let status = try file.status()
        guard status.kind == .file else {
            throw SFSError(.conflict, "'\(file.path)' is not a regular file")
        }
        state.length = status.size
        // An earlier process may have ended within a line; it is ended, so that it costs no other.
        if try status.size > 0 && lastByte(of: file, status.size) != UInt8(ascii: "\n") {
            try [UInt8(ascii: "\n")].withUnsafeBytes { try file.write($0, at: state.length) }
            state.length += 1
        }
        // The name as well: before the first line is called remembered, so that no line is without
        // a file after a crash. Also when it was there: who made it may have ended before this.
        try root.synchronize()
        state.file = file
        return file
    }

    private func lastByte(of file: OpenFile, _ size: Int64) throws(SFSError) -> UInt8 {
        var byte: UInt8 = 0
        var failure: SFSError?
        withUnsafeMutableBytes(of: &byte) { buffer in
            do throws(SFSError) {
                _ = try file.read(into: buffer, at: size - 1)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return byte
    }

    /// Writes the file anew when that would make it much shorter.
    private func compact(_ state: inout State) {
        guard state.length > max(Self.lengthMinimum, 2 * state.compactLength) else { return }
        do {
            try rewrite(&state)
        } catch {
            // Nothing is lost: the file is as it was. It is tried again when it is twice as long.
            state.compactLength = state.length
        }
    }

    /// Writes the file anew, with the highest generation of each hash.
    ///
    /// The old file keeps the name until the new one is on the disk, and the folder is synchronised
    /// before another line is added: after a crash one or the other is there, with every line that
    /// was ever called remembered.
    private func rewrite(_ state: inout State) throws {
        // A crash may have left one.
        try root.unlink(Self.newName)
        let write = try DurableWrite(in: root, named: Self.newName)
        if let old = try root.openFileIfThere(Self.name) {
            // Hash prefixes are spread evenly, and so are the lines over the parts.
            let parts = try Int(min(old.status().size / Self.partLength + 1, 1 << 16))
            for part in 0..<parts {
                let bound = (part << 16) / parts
                let next = ((part + 1) << 16) / parts
                try copy(UInt16(bound)...UInt16(next - 1), from: old, to: write)
            }
        }
        try write.seal(permissions: 0o644)
        try write.place(over: Self.name)
        state = State(compactLength: write.length)
    }

    private func copy(
        _ prefixes: ClosedRange<UInt16>, from old: OpenFile, to write: DurableWrite
    ) throws {
        var highest: [ContentHash: Int32] = [:]
        _ = try TombstoneLine.forEach(in: old, prefixes: prefixes) { hash, generation in
            highest[hash] = max(generation, highest[hash] ?? 0)
        }
        for (hash, generation) in highest.sorted(by: { $0.key < $1.key }) {
            try TombstoneLine.encode(hash, generation).withUnsafeBytes { try write.append($0) }
        }
    }
}

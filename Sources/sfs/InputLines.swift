import Glibc
import SFSCore
import SystemPackage

/// The entries of a list, one after the other: from the arguments, a file or standard input.
struct InputLines: Sequence, IteratorProtocol {
    /// One entry.
    struct Line {
        let bytes: [UInt8]
        /// Where it is, for messages: `line 3: `, or `""` for an argument.
        let place: String
    }

    /// No path and no hash is longer.
    static let lineBytesMaximum = 4096

    private var arguments: ArraySlice<[UInt8]>
    private let file: InputFile?
    private let separator: UInt8
    private var number = 0
    private var buffer: ArraySlice<UInt8> = []
    private var hasEnded = false

    /// The arguments, as raw text.
    init(_ arguments: [String]) {
        self.arguments = arguments.map { RawText.bytes(of: $0) }[...]
        file = nil
        separator = 0
    }

    /// What is in `file`, each entry ended by `separator`.
    init(of file: InputFile, endingWith separator: UInt8) {
        arguments = []
        self.file = file
        self.separator = separator
    }

    /// The next entry, empty ones left out.
    ///
    /// One that is too long is the last, and cut, so that whoever uses it fails.
    mutating func next() -> Line? {
        guard let file else {
            return arguments.popFirst().map { Line(bytes: $0, place: "") }
        }
        while let bytes = nextEntry(of: file) {
            number += 1
            if !bytes.isEmpty { return Line(bytes: Array(bytes), place: "line \(number): ") }
        }
        return nil
    }

    private mutating func nextEntry(of file: InputFile) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer.firstIndex(of: separator) {
                defer { buffer = buffer[(end + 1)...] }
                return buffer[..<end]
            }
            if buffer.count > Self.lineBytesMaximum { hasEnded = true }
            if hasEnded {
                defer { buffer = [] }
                return buffer.isEmpty ? nil : buffer
            }
            fill(from: file.descriptor)
        }
    }

    /// Waits for more, or for the end of the task, which a terminal would not tell of.
    private mutating func fill(from descriptor: CInt) {
        var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let cancellationCheckMilliseconds: CInt = 100
        while poll(&input, 1, cancellationCheckMilliseconds) == 0 {
            guard !Task.isCancelled else {
                hasEnded = true
                return
            }
        }
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
            buffer = ArraySlice(Array(buffer) + chunk[..<count])
        } else if count == 0 || errno != EINTR {
            hasEnded = true
        }
    }
}

extension InputLines.Line {
    /// The hash at the start of the entry; what follows a blank, as in the lines that `sfs put` and
    /// sha1sum(1) print, is left out.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`.
    func hash() throws(SFSError) -> ContentHash {
        let words = bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let word = String(decoding: words.first ?? [], as: UTF8.self)
        do {
            return try ContentHash(parsing: word.hasPrefix("\\") ? word.dropFirst() : word[...])
        } catch {
            throw SFSError(error.code, place + error.message)
        }
    }

    /// The entry as the name of a file.
    var path: FilePath { FilePath(bytes: bytes) }
}

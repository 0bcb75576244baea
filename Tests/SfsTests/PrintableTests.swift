import SFSCore
import SystemPackage
import Testing

@testable import sfs

@Suite("What is printed")
struct PrintableTests {
    private let hash: ContentHash

    init() throws {
        hash = try ContentHash(bytes: [UInt8](repeating: 0xAB, count: 20))
    }

    @Test(
        "has names as sha1sum has them",
        arguments: [
            ("film.mp4", "", "film.mp4"), ("a\\b", "\\", "a\\\\b"), ("a\nb", "\\", "a\\nb"),
            ("a\rb", "\\", "a\\rb"), ("", "", ""),
        ])
    func names(name: String, mark: String, shown: String) {
        let line = Printable.named(hash, Array(name.utf8))
        #expect(String(decoding: line, as: UTF8.self) == "\(mark)\(hash)  \(shown)")
    }

    @Test("has the very bytes of a name")
    func rawName() {
        #expect(Printable.named(hash, [0xFF, 0x41]).suffix(2) == [0xFF, 0x41])
        #expect(FilePath(bytes: [0xFF, 0x41]).bytes == [0xFF, 0x41])
    }

    @Test("cannot disturb a terminal or the line")
    func controls() {
        #expect(Printable.line("a\u{1B}[31m\nb\u{7F}") == "a\\x1b[31m\\x0ab\\x7f")
        #expect(Printable.line(RawText.string(from: [0x41, 0xFF])) == "A\u{FFFD}")
    }

    @Test("stands in columns without blanks at the ends of lines")
    func table() {
        #expect(
            Table.lines([["A", "BB"], ["long", ""], ["x", "y", "z"]]) == [
                "A     BB", "long", "x     y   z",
            ])
        #expect(Table.lines([]) == [])
    }
}

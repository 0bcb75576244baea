import Foundation
import Testing

/// One Swift file of the sources.
struct SourceFile: Sendable {
    /// The target that it belongs to.
    let module: String
    /// Its path below `Sources`, or below `Benchmarks/Sources`.
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        module = String(path.prefix { $0 != "/" })
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        code = lines.map(CodeLine.stripped)
    }

    /// The lines without comments and with texts emptied, so that words in them are not taken for
    /// code.
    let code: [String]

    /// The numbers, from 1, of the lines of `code` in which `pattern` is found.
    func numbers(of pattern: Pattern) -> [Int] {
        pattern.numbers(in: code)
    }
}

/// The tree as it lies on the disk.
enum House {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of the sources, those of the benchmarks too, by path.
    static func sources() throws -> [SourceFile] {
        try ["Sources", "Benchmarks/Sources"].flatMap { folder in
            try files(below: folder, suffix: ".swift").map { path in
                SourceFile(path: path, text: try text("\(folder)/\(path)"))
            }
        }
    }

    /// Paths of the files below `folder` that end in `suffix`, relative to it.
    static func files(below folder: String, suffix: String) throws -> [String] {
        let top = root.appending(path: folder).resolvingSymlinksInPath().path
        let files = try #require(FileManager.default.enumerator(atPath: top), "no \(folder)")
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted()
    }

    /// The text of the file at `path` below the root.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}

/// A regular expression, made once and matched with a whole file at a time.
struct Pattern: Sendable {
    private let expression: NSRegularExpression

    init(_ text: String) {
        // The patterns of this target are constant; a wrong one stops every test.
        // swift-format-ignore: NeverUseForceTry
        expression = try! NSRegularExpression(pattern: text, options: [.anchorsMatchLines])
    }

    /// The numbers, from 1, of the lines in which it is found.
    func numbers(in lines: [String]) -> [Int] {
        let text = lines.joined(separator: "\n")
        let units = Array(text.utf16)
        var number = 1
        var position = 0
        let range = NSRange(location: 0, length: units.count)
        return expression.matches(in: text, range: range).map { match in
            while position < match.range.location {
                if units[position] == 10 { number += 1 }
                position += 1
            }
            return number
        }
    }
}

extension String {
    /// Whether the regular expression `pattern` is found in it.
    func has(_ pattern: String) -> Bool {
        range(of: pattern, options: .regularExpression) != nil
    }

    /// What the groups of `pattern` took, for each place where it is found.
    func groups(_ pattern: String) throws -> [[String]] {
        let expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
        let whole = NSRange(startIndex..., in: self)
        return expression.matches(in: self, range: whole).map { match in
            (1..<match.numberOfRanges).map { group in
                Range(match.range(at: group), in: self).map { String(self[$0]) } ?? ""
            }
        }
    }
}

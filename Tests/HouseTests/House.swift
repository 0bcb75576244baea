import Foundation
import Testing

/// One Swift file of the sources.
struct SourceFile: Sendable {
    /// The target that it belongs to.
    let module: String
    /// Its path below `Sources`.
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        module = String(path.prefix { $0 != "/" })
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// The lines with their numbers from 1, without comments and with texts emptied, so that words
    /// in them are not taken for code.
    var code: [(number: Int, text: String)] {
        lines.enumerated().map { ($0.offset + 1, CodeLine.stripped($0.element)) }
    }
}

/// The tree as it lies on the disk.
enum House {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of the sources, by path.
    static func sources() throws -> [SourceFile] {
        try files(below: "Sources", suffix: ".swift").map { path in
            SourceFile(path: path, text: try text("Sources/\(path)"))
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

import Testing

/// Checks that hold of the text of the sources rather than of the program.
@Suite("The house")
struct HouseTests {
    let sources: [SourceFile]

    init() throws {
        sources = try House.sources()
    }

    @Test("is there to be looked at")
    func presence() {
        #expect(sources.count > 100)
    }

    @Test("lets a target import only what is on lower floors")
    func layers() {
        record(sources.flatMap(Layers.complaints))
    }

    @Test("keeps files short, words clean and exceptions explained")
    func rules() {
        record(sources.flatMap(CodeRules.complaints))
    }

    @Test("documents what a target shows to others")
    func documentation() {
        let requirements = Documentation.requirements(sources)
        record(sources.flatMap { Documentation.complaints($0, requirements: requirements) })
    }
}

/// Each check, shown a sample that it must not let pass.
@Suite("A check of the house")
struct HouseCheckTests {
    @Test(
        "finds an import that goes up, sideways or out",
        arguments: [
            ("SFSCore/Hash.swift", "import SFSWire"),
            ("SFSPrism/Ingest.swift", "package import SFSVolume"),
            ("sfs/Put.swift", "import SFSPostgres"),
            ("SFSStore/Store.swift", "import struct NIOHTTP1.HTTPHeaders"),
            ("SFSNew/New.swift", "let x = 1"),
        ])
    func layers(path: String, line: String) {
        #expect(Layers.complaints(SourceFile(path: path, text: line)).count == 1)
    }

    @Test("lets imports of lower floors pass")
    func goodLayers() {
        let source = SourceFile(
            path: "SFSPrism/Ingest.swift",
            text: "import Glibc\npackage import SFSCore // import Foundation\nlet a = \"import X\"")
        #expect(Layers.complaints(source) == [])
    }

    @Test(
        "finds words that are not used here",
        arguments: [
            "Task { await run() }", "Task<Void, Never> {", "Task.detached {", "Pool.shared.get()",
            "print(text)", "let home = getenv(\"HOME\")", "guard fsync(descriptor) == 0 else {",
            "fatalError(\"no\")", "let x = try! make()", "let y = x as! Int",
            "public func run()", "import Foundation", "// TODO: later", "// a FIXME here",
            "let z = try? make()", "final class Pool: @unchecked Sendable {",
            "nonisolated(unsafe) var count = 0",
        ])
    func words(line: String) {
        let source = SourceFile(path: "SFSStore/Store.swift", text: line)
        #expect(CodeRules.complaints(source).count == 1, "\(CodeRules.complaints(source))")
    }

    @Test(
        "lets words pass that only look like those",
        arguments: [
            "let text = \"print(1) and try! that\"", "withTaskGroup { group in",
            "fingerprint(of: x)",
            "let sharedLock = lock", "/// Throws instead of `fatalError`.",
            "// Not there: nothing to do.\nlet z = try? make()",
            "// SAFETY: used on one thread.\nfinal class Pool: @unchecked Sendable {",
            "import FoundationEssentials",
        ])
    func goodWords(text: String) {
        let source = SourceFile(path: "SFSStore/Store.swift", text: text)
        #expect(CodeRules.complaints(source) == [])
    }

    @Test("finds a file and a function that are too long, and a drawer")
    func lengths() {
        let body = Array(repeating: "        step()", count: 59).joined(separator: "\n")
        let long = "struct A {\n    func f() {\n\(body)\n    }\n}"
        let fitting = long.replacing("        step()\n", with: "", maxReplacements: 1)
        let file = String(repeating: "\n", count: 400)
        #expect(CodeRules.complaints(SourceFile(path: "S/A.swift", text: long)).count == 1)
        #expect(CodeRules.complaints(SourceFile(path: "S/A.swift", text: fitting)) == [])
        #expect(CodeRules.complaints(SourceFile(path: "S/A.swift", text: file)).count == 1)
        #expect(CodeRules.complaints(SourceFile(path: "S/FileUtils.swift", text: "")).count == 1)
    }

    @Test(
        "finds a declaration without a comment",
        arguments: [
            "package struct A {", "package func f() {", "\n    package static let limit = 1",
            "    package var sum: Int {", "@Sendable\npackage func g()", "package enum B: Int {",
            "/// A.\n\npackage final class C {",
        ])
    func documentation(text: String) {
        let source = SourceFile(path: "S/A.swift", text: text)
        #expect(Documentation.complaints(source, requirements: []).count == 1)
    }

    @Test("asks for no comment where a protocol has it, or a group of properties")
    func goodDocumentation() {
        let contract = SourceFile(
            path: "S/P.swift",
            text: "/// P.\npackage protocol P {\n    /// F.\n    func find() async\n}")
        let text = """
            /// A.
            package struct A: P {
                /// Name and zone.
                package let name: String
                package let zone: String
                package init(name: String, zone: String) {
                package func find() async {
                package var description: String {
            """
        let source = SourceFile(path: "S/A.swift", text: text)
        let requirements = Documentation.requirements([contract])
        #expect(Documentation.complaints(source, requirements: requirements) == [])
        #expect(Documentation.complaints(source, requirements: []).count == 1)
    }
}

import Foundation
import SFSConfig
import SFSCore
import Testing

@Suite("The manual")
struct ManualTests {
    let pages: [ManPage]

    init() throws {
        let names = try FileManager.default
            .contentsOfDirectory(atPath: House.root.appending(path: "man").path)
        pages = try names.sorted().map { ManPage(name: $0, text: try House.text("man/\($0)")) }
    }

    private func page(_ name: String) throws -> ManPage {
        try #require(pages.first { $0.name == name }, "there is no \(name)")
    }

    @Test("has its sections in order, and refers to pages that exist")
    func form() throws {
        record(pages.flatMap(Manual.sectionComplaints))
        record(try Manual.referenceComplaints(pages))
    }

    @Test("has every command and option of the parsers, and no other")
    func commands() throws {
        let sfs = try CommandDump.of("sfs")
        let sfsd = try CommandDump.of("sfsd")
        record(try Manual.commandComplaints(sfs, section: 1, onePage: false, pages: pages))
        record(try Manual.commandComplaints(sfsd, section: 8, onePage: true, pages: pages))
    }

    @Test("has the exit statuses of the error table")
    func exitStatuses() throws {
        let all = Set(ErrorCode.allCases.map { Int($0.exitStatus) }).union([0, 130])
        #expect(try page("sfs.1").exitStatuses == all)
        for page in pages { #expect(try page.exitStatuses.subtracting(all) == [], "\(page.name)") }
    }

    @Test("has every setting of a configuration, and no other")
    func settings() throws {
        let listen = "[{address: a, port: 0, certificate: /c, key: /k}, {socket: /s, mode: 0660}]"
        let yaml = """
            prisms: [{name: p, zone: a, url: http://p, listen: \(listen)}]
            stores: [{name: s, zone: a, volume: /v, listen: \(listen)}]
            """
        let reading = Configuration.read(yaml: yaml, environment: Environment())
        let described = try page("sfsd.yaml.5").settings
        let real = Set(reading.effective.keyPaths)
        record(real.subtracting(described).map { "sfsd.yaml.5: does not have '\($0)'" })
        record(described.subtracting(real).map { "sfsd.yaml.5: '\($0)' is not a setting" })
    }
}

/// Each check, shown a sample that it must not let pass.
@Suite("A check of the manual")
struct ManualCheckTests {
    let page = ManPage(
        name: "sfs-put.1",
        text: """
            .Sh NAME
            .Sh DESCRIPTION
            .Bl -tag
            .It Fl -copies Ar count
            .It Fl r , -recursive
            .El
            See
            .Xr sfs-nothing 1
            .Sh EXIT STATUS
            .It 0
            .It 99
            .Sh EXAMPLES
            """)

    private func command(_ name: String, _ options: [String], _ below: [CommandDump] = [])
        -> CommandDump
    {
        CommandDump(
            commandName: name,
            arguments: options.map { .init(names: [.init(kind: "long", name: $0)]) },
            subcommands: below)
    }

    @Test("finds sections that are missing or out of order")
    func sections() {
        #expect(Manual.sectionComplaints(page) == [])
        let bare = ManPage(name: "sfs.1", text: ".Sh NAME\n.Sh EXIT STATUS\n")
        #expect(Manual.sectionComplaints(bare) == ["sfs.1: has no EXAMPLES"])
        let mixed = ManPage(name: "a.5", text: ".Sh EXAMPLES\n.Sh NAME\n")
        #expect(Manual.sectionComplaints(mixed) == ["a.5: sections are out of order"])
    }

    @Test("finds references to nowhere, and reads the exit statuses")
    func references() throws {
        #expect(
            try Manual.referenceComplaints([page]) == ["sfs-put.1: there is no sfs-nothing.1"])
        #expect(try page.exitStatuses == [0, 99])
    }

    @Test("finds commands and options that only one side has")
    func commands() throws {
        let main = ManPage(name: "sfs.1", text: ".It Fl -json\n.It Fl -old\n")
        let put = command("put", ["copies", "json", "jobs"])
        let sfs = command("sfs", [], [put, command("get", [])])
        let complaints = try Manual.commandComplaints(
            sfs, section: 1, onePage: false, pages: [main, page])
        #expect(
            complaints.sorted() == [
                "sfs-put.1: does not have --jobs", "sfs-put.1: the parser has no --recursive",
                "sfs.1: the parser has no --old", "there is no sfs-get.1",
            ])
    }

    @Test("finds settings that are not described")
    func settings() throws {
        let page = ManPage(name: "sfsd.yaml.5", text: ".It Ic log.level\n.It Ic stores[].name\n")
        #expect(try page.settings == ["log.level", "stores[].name"])
    }
}

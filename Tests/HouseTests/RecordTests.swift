import Testing

@Suite("The records")
struct RecordTests {
    @Test("have a changelog with a place for what is new")
    func changelog() throws {
        record(Records.changelogComplaints(try House.text("CHANGELOG.md")))
    }

    @Test("have a README whose tour names only files that exist, and the two commands")
    func readme() throws {
        let text = try House.text("README.md")
        record(try Records.tourComplaints(text, exists: House.exists))
        for command in ["./bootstrap run", "./bootstrap test"] { #expect(text.contains(command)) }
        #expect(try text.groups(#"^(# .*)$"#).count == 1)
    }

    @Test("have a licence")
    func licence() throws {
        let text = try House.text("LICENSE")
        #expect(text.contains("Apache License") && text.contains("END OF TERMS AND CONDITIONS"))
    }

    @Test("are found wanting when they are")
    func samples() throws {
        #expect(
            Records.changelogComplaints("# Changelog\n### Improved\n") == [
                "has no '## [Unreleased]'", "'### Improved' is not a kind of change",
            ])
        let tour = "`sfs/Put.swift` `sfs/Gone.swift` `sfs put` `/etc/x` `man/gone.1` `SFSCore`"
        #expect(
            try Records.tourComplaints(tour) { $0 == "Sources/sfs/Put.swift" } == [
                "there is no 'sfs/Gone.swift'", "there is no 'man/gone.1'",
            ])
    }
}

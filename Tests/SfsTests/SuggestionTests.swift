import Testing

@testable import sfs

@Suite("A suggestion")
struct SuggestionTests {
    @Test(
        "finds the verb that was meant",
        arguments: [
            ("pt", "put"), ("ptu", "put"), ("puts", "put"), ("gte", "get"), ("exist", "exists"),
            ("satus", "status"), ("hlep", "help"), ("STORE", nil), ("frobnicate", nil), ("x", nil),
        ])
    func nearest(typed: String, meant: String?) {
        #expect(Suggestion.nearest(to: typed, of: Sfs.verbs) == meant)
    }

    @Test("counts a swap as one change")
    func swap() {
        #expect(Suggestion.changes(from: Array("gte".utf8), to: Array("get".utf8)) == 1)
        #expect(Suggestion.changes(from: Array("".utf8), to: Array("get".utf8)) == 3)
        #expect(Suggestion.changes(from: Array("get".utf8), to: Array("get".utf8)) == 0)
    }
}

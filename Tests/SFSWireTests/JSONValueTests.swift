import SFSCore
import SFSWire
import Testing

@Suite("A JSON value")
struct JSONValueTests {
    @Test("prints what it parses")
    func roundTrip() throws {
        let text = #"{"a":[1,-2.5,true,false,null,"é\"\\\n\u0001"],"b":{"c":{}},"d":[]}"#
        let value = try JSONValue(parsing: text.utf8)
        #expect(String(decoding: value.text, as: UTF8.self) == text)
        #expect(value["a"]?.array?.count == 6)
    }

    @Test("may be any value at all", arguments: ["true", "3", "\"text\"", "null", "[]"])
    func scalars(text: String) throws {
        let value = try JSONValue(parsing: text.utf8)
        #expect(value["hash"] == nil)
        #expect(String(decoding: value.text, as: UTF8.self) == text)
    }

    @Test(
        "is refused when it is cut off or is none",
        arguments: [
            "[1,]", "{\"a\":1,}", "01", "1.", "+1", "-", "\"\\x\"", "\"\\ud800\"", #""\u-000""#,
            #""\u-0a0""#, #""\u+041""#, #""\u 041""#, #""\u00g1""#, "[1 2]", "1e999",
            "{\"a\":1}}", "", "{", "[1,", "{\"a\"", "tru", "{'a':1}", "\"\u{1}",
        ])
    func refusals(text: String) {
        let error = #expect(throws: SFSError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.code == .protocol)
    }

    @Test("has the last value of a name that is there twice, as everywhere in JavaScript")
    func repeats() throws {
        let value = try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#.utf8)
        #expect(value == ["a": 3, "b": 2])
    }

    @Test(
        "is refused with the reason, by our own interface too",
        arguments: [
            (#"{"a":1,}"#, "byte 8 ends a list after a comma"),
            (#"{"a":[1, ]}"#, "byte 10 ends a list after a comma"),
            ("\u{FEFF}{}", "it begins with a byte order mark"),
            (#"{"a":1"#, "it is cut off"), ("{'a':1}", "something else was expected at byte 2"),
        ])
    func reasons(text: String, reason: String) {
        let loose = #expect(throws: SFSError.self) { try JSONValue(parsing: text.utf8) }
        let strict = #expect(throws: SFSError.self) {
            try JSON.decodeStrictly([String: Int].self, from: Array(text.utf8))
        }
        for error in [loose, strict] {
            #expect(error?.code == .protocol)
            #expect(error?.message == "the body is not JSON: \(reason)")
        }
    }

    @Test("may not have a name twice where it is ours to say")
    func strictRepeats() throws {
        let error = #expect(throws: SFSError.self) {
            try JSON.decodeStrictly([String: Int].self, from: Array(#"{"a":1,"a":2}"#.utf8))
        }
        #expect(error?.code == .protocol)
        #expect(error?.message == "the body is not JSON: an object has the name 'a' twice")
        let value = try JSON.decodeStrictly([String: Int].self, from: Array(#"{"a":1}"#.utf8))
        #expect(value == ["a": 1])
    }

    @Test("may have names that differ only in how their characters are composed")
    func composition() throws {
        let two = #"{"é":1,"e\u0301":2,"a":3}"#
        #expect(try JSON.decodeStrictly([String: Int].self, from: Array(two.utf8))["a"] == 3)
        for again in [#"{"é":1,"\u00e9":2}"#, #"{"é":1,"e\u0301":2,"e\u0301":3}"#] {
            #expect(throws: SFSError.self) {
                try JSON.decodeStrictly([String: Int].self, from: Array(again.utf8))
            }
        }
    }

    @Test("nested without end is refused, and does no harm")
    func nesting() {
        let text = String(repeating: "[", count: 200_000)
        #expect(throws: SFSError.self) { try JSONValue(parsing: text.utf8) }
        let closed = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
        #expect(throws: SFSError.self) { try JSONValue(parsing: closed.utf8) }
    }

    @Test("with escapes means the characters that they stand for")
    func escapes() throws {
        let text = #""\u00e9\ud83d\ude00\n\/\"""#
        #expect(try JSONValue(parsing: text.utf8).string == "é😀\n/\"")
    }

    @Test("of more values than anybody needs is refused")
    func manyValues() {
        let text = "[" + String(repeating: "1,", count: 300_000) + "1]"
        let error = #expect(throws: SFSError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.code == .tooLarge)
    }

    @Test("takes whole numbers in the forms that clients write them")
    func numbers() throws {
        for text in ["7200", "7200.0", "\"7200\""] {
            #expect(try JSONValue(parsing: text.utf8).wholeNumber == 7200)
        }
        for text in ["7200.5", "\"7h\"", "true", "1e400"] {
            let value = try? JSONValue(parsing: text.utf8)
            #expect(value?.wholeNumber == nil)
        }
    }
}

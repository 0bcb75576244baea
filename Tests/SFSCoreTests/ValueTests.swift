import SFSCore
import Testing

@Suite("A timestamp")
struct TimestampTests {
    @Test(
        "prints and reads ISO 8601",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_339_800_123, "2026-11-22T09:30:00.123Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(
        "refuses other texts",
        arguments: ["", "2026-11-22", "2026-13-22T09:30:00.123Z", "2026-02-30T00:00:00.000Z"])
    func refusals(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }
}

@Suite("A member name")
struct MemberNameTests {
    @Test("takes what is a label of a DNS name", arguments: ["a", "om101", "rs-106a"])
    func good(text: String) throws {
        #expect(try MemberName(parsing: text).text == text)
    }

    @Test(
        "refuses the rest",
        arguments: ["", "-a", "a-", "A", "a.b", "a/b", "ä", String(repeating: "a", count: 64)])
    func bad(text: String) {
        #expect(throws: SFSError.self) { try MemberName(parsing: text) }
    }
}

@Suite("An upload's name")
struct UploadIDTests {
    @Test("is random and reads what it prints")
    func random() throws {
        let upload = UploadID.random()
        #expect(upload != .random())
        #expect(try UploadID(parsing: upload.text) == upload)
    }

    @Test("is never a path", arguments: ["", "..", "../../x", String(repeating: "A", count: 32)])
    func refusals(text: String) {
        #expect(throws: SFSError.self) { try UploadID(parsing: text) }
    }
}

@Suite("An extension and a media type")
struct MediaTypeTests {
    @Test("come from the file's name")
    func names() {
        #expect(MediaType.fileExtension(ofName: "Film.MP4") == "mp4")
        #expect(MediaType.fileExtension(ofName: ".profile") == "")
        #expect(MediaType.fileExtension(ofName: "a.b c") == "")
        #expect(MediaType.forExtension("mp4") == "video/mp4")
        #expect(MediaType.forExtension("nobody-knows") == MediaType.unknown)
    }

    @Test(
        "hold nothing that could break a header or a path",
        arguments: ["a/b", "a\r\nb", "ü", "a;b"])
    func refusals(text: String) {
        #expect(!ContentAttributes.isExtension(text))
        #expect(!ContentAttributes.isMediaType("text/\(text)"))
    }
}

@Suite("Error codes")
struct ErrorCodeTests {
    @Test("have exit statuses that a shell can tell from success")
    func statuses() {
        for code in ErrorCode.allCases {
            #expect((1...78).contains(code.exitStatus))
            #expect(code.httpStatus >= 207)
        }
    }
}

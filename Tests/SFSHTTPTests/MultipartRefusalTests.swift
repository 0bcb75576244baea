import NIOCore
import SFSCore
import SFSHTTP
import Testing

@Suite("A malformed form")
struct MultipartRefusalTests {
    private static let disposition = "Content-Disposition: form-data; name=\"a\""

    @Test(
        "is refused",
        arguments: [
            "", "--XyZ", "--XyZ-", "--XyZ\r\n", "no boundary at all", "\r\n--Xy",
            // Cut off.
            "--XyZ\r\n\(disposition)\r\n\r", "--XyZ\r\n\(disposition)\r\n\r\n",
            "--XyZ\r\n\(disposition)\r\n\r\nbody", "--XyZ\r\n\(disposition)\r\n\r\nbody\r\n--XyZ",
            "--XyZ\r\n\(disposition)\r\n\r\nbody\r\n--XyZ\r\n",
            "--XyZ\r\n\(disposition)\r\n\r\nbody\n--XyZ--", "x--XyZ--",
            // Boundaries that do not end their line as they should.
            "--XyZ\n\(disposition)\r\n\r\nbody\r\n--XyZ--",
            "--XyZx\r\n\(disposition)\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\n\r\nbody\r\n--XyZ\n--XyZ--",
            // Headers.
            "--XyZ\r\n\(disposition)\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\nX: \0\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\n folded\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\nX : a\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\n: a\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\n\(disposition)\r\nnonsense\r\n\r\nbody\r\n--XyZ--",
            // Names.
            "--XyZ\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Type: text/plain\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; filename=a\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\nbody\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name\r\n\r\nbody\r\n--XyZ--",
        ])
    func refused(text: String) async throws {
        let error = await #expect(throws: SFSError.self) { try await Form(text).parts() }
        #expect(error?.code == .protocol)
        let bytes = Array(text.utf8)
        let cut = Form(bytes, cutAt: Array(1..<max(1, bytes.count)))
        let second = await #expect(throws: SFSError.self) { try await cut.parts() }
        #expect(second?.message == error?.message)
    }

    @Test("stays refused")
    func stays() async throws {
        let reader = try Form(Form.field("a", "1") + "--XyZ\n" + Form.field("b", "2")).reader()
        let part = try #require(try await reader.next())
        for _ in 0..<3 {
            let error = await #expect(throws: SFSError.self) { try await reader.next() }
            #expect(error?.code == .protocol)
        }
        await #expect(throws: SFSError.self) { try await part.text(upTo: 10) }
    }

    @Test("is one with too many parts")
    func tooManyParts() async throws {
        var form = Form(Form.field("a", "1") + Form.field("b", "2") + Form.end)
        form.partsMaximum = 2
        #expect(try await form.parts().count == 2)
        form.partsMaximum = 1
        let tooMany = form
        let error = await #expect(throws: SFSError.self) { try await tooMany.parts() }
        #expect(error?.code == .tooLarge)
    }

    @Test("is one with too many fields in a part, or too much of them")
    func tooLargeHeader() async throws {
        func form(fields: Int, bytes: Int) -> Form {
            let others = (1..<fields).map { "\r\nX\($0): 1" }.joined()
            let text = Self.disposition + others
            let filler = String(repeating: "x", count: max(0, bytes - text.utf8.count - 11))
            return Form(Form.part("\(text)\r\nY: \(filler)", "1") + Form.end)
        }
        #expect(try await form(fields: 31, bytes: 0).parts().count == 1)
        #expect(try await form(fields: 2, bytes: 16 << 10).parts().count == 1)
        for form in [form(fields: 32, bytes: 0), form(fields: 2, bytes: (16 << 10) + 1)] {
            let error = await #expect(throws: SFSError.self) { try await form.parts() }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test(
        "is one whose type is not that of a form",
        arguments: [
            nil, "", "text/plain", "multipart/mixed; boundary=XyZ", "multipart/form-data",
            "multipart/form-data; boundary", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"XyZ",
            "multipart/form-data; boundary=\"X\rZ\"", "multipart/form-data; boundary=\"X \"",
            "multipart/form-data; boundary=Xä",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
        ])
    func wrongType(type: String?) async throws {
        var form = Form(Form.end)
        form.contentType = type
        let typed = form
        let error = #expect(throws: SFSError.self) { try typed.reader() }
        #expect(error?.code == .protocol)
    }

    @Test(
        "is not one whose boundary is written otherwise",
        arguments: [
            ("multipart/form-data; boundary=\"XyZ\"", "XyZ"),
            ("Multipart/Form-Data;BOUNDARY=XyZ; charset=utf-8", "XyZ"),
            ("multipart/form-data; charset=\"a;b\"; boundary=XyZ;", "XyZ"),
            ("multipart/form-data; boundary=\"a b'()+_,-./:=?c\"", "a b'()+_,-./:=?c"),
            ("multipart/form-data; boundary=----WebKitFormBoundary7", "----WebKitFormBoundary7"),
            (
                "multipart/form-data; boundary=" + String(repeating: "x", count: 70),
                String(repeating: "x", count: 70)
            ),
        ])
    func boundary(type: String, boundary: String) async throws {
        var form = Form(
            (Form.field("a", "1") + Form.end).replacing("--XyZ", with: "--" + boundary))
        form.contentType = type
        #expect(try await form.parts() == [ReadPart("a", "1")])
    }

    @Test(
        "is not one with unusual names",
        arguments: [
            (#"name="a\"b\\c""#, #"a"b\c"#, nil),
            (#"name="a%22b""#, "a%22b", nil),
            ("name=\"\u{301}ü\"; filename=\"日本.txt\"", "\u{301}ü", "日本.txt"),
            (#"filename="C:\dir\a.txt"; name=a"#, "a", #"C:\dir\a.txt"#),
            (#"name=a; filename="x;name=b""#, "a", "x;name=b"),
            (#"name=a; name=b"#, "a", nil),
            (#"NAME = a ; filename = "" "#, "a", ""),
            (#"name=a; filename="x.txt"; filename*=UTF-8''%e2%82%ac.txt"#, "a", "€.txt"),
            (#"name=a; filename*=utf-8'en'b%20c; filename="x.txt""#, "a", "b c"),
            (#"name=a; filename="x.txt"; filename*=UTF-8''%FF"#, "a", "x.txt"),
            (#"name=a; filename="x.txt"; filename*=latin1''b"#, "a", "x.txt"),
        ] as [(String, String, String?)])
    func names(parameters: String, name: String, fileName: String?) async throws {
        let text = Form.part("Content-Disposition: form-data; \(parameters)", "1") + Form.end
        let part = try #require(try await Form(text).parts().first)
        #expect(part.name == name)
        #expect(part.fileName == fileName)
    }

    @Test("gives no text that is too long, or is none")
    func text() async throws {
        func part(_ bytes: [UInt8]) async throws -> MultipartReader.Part {
            let head = "--XyZ\r\n\(Self.disposition)\r\n\r\n"
            let all = Array(head.utf8) + bytes + Array("\r\n--XyZ--".utf8)
            return try #require(try await Form(all, cutAt: [head.utf8.count + 1]).reader().next())
        }
        let whole = try await part(Array("äb".utf8)).text(upTo: 3)
        #expect(whole == "äb")
        let long = await #expect(throws: SFSError.self) {
            try await part(Array("äbc".utf8)).text(upTo: 3)
        }
        #expect(long?.code == .tooLarge)
        let none = await #expect(throws: SFSError.self) { try await part([0xFF]).text(upTo: 3) }
        #expect(none?.code == .protocol)
    }

    @Test("passes on what the body throws")
    func bodyFails() async throws {
        let stream = AsyncThrowingStream<ByteBuffer, any Error> {
            throw SFSError(.timeout, "the client stopped sending its request")
        }
        let reader = try MultipartReader(
            ByteStream(stream), contentType: "multipart/form-data; boundary=XyZ")
        let error = await #expect(throws: SFSError.self) { try await reader.next() }
        #expect(error?.code == .timeout)
    }
}

import SFSHTTP
import Testing

@Suite("A content disposition")
struct ContentDispositionTests {
    @Test(
        "names a file so that every client understands it",
        arguments: [
            ("film.mp4", #"attachment; filename="film.mp4""#),
            ("a b;c,d.txt", #"attachment; filename="a b;c,d.txt""#),
            (#"say "hi".txt"#, #"attachment; filename="say \"hi\".txt""#),
            (
                "Füß €.txt",
                #"attachment; filename="F__ _.txt"; filename*=UTF-8''F%C3%BC%C3%9F%20%E2%82%AC.txt"#
            ),
            ("100%.txt", #"attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt"#),
            ("é'()*.x", #"attachment; filename="_'()*.x"; filename*=UTF-8''%C3%A9%27%28%29%2A.x"#),
        ])
    func names(name: String, value: String) {
        #expect(ContentDisposition.attachment(name) == value)
    }

    @Test(
        "takes out what has no place in a name",
        arguments: [
            ("../../etc/passwd", #"attachment; filename="....etcpasswd""#),
            (#"C:\dir\a.txt"#, #"attachment; filename="C:dira.txt""#),
            ("a\r\nSet-Cookie: b", #"attachment; filename="aSet-Cookie: b""#),
            ("a\u{0}\u{7F}\u{85}\u{2028}\t.txt", #"attachment; filename="a.txt""#),
            ("gpj\u{202E}.exe", #"attachment; filename="gpj.exe""#),
            ("", "attachment"), ("..", "attachment"), ("/", "attachment"), (" \r\n", "attachment"),
        ])
    func cleans(name: String, value: String) {
        #expect(ContentDisposition.attachment(name) == value)
    }

    @Test("can be to show the body")
    func inline() {
        #expect(ContentDisposition.inline("a.txt") == #"inline; filename="a.txt""#)
        #expect(ContentDisposition.inline("") == "inline")
    }

    @Test("names nothing longer than 255 bytes, and keeps the extension")
    func long() {
        let value = ContentDisposition.attachment(String(repeating: "x", count: 300) + ".mp4")
        let name = String(repeating: "x", count: 251) + ".mp4"
        #expect(value == "attachment; filename=\"\(name)\"")
        let euros = ContentDisposition.attachment(String(repeating: "€", count: 100) + ".mp4")
        #expect(euros.ranges(of: "%E2%82%AC").count == 83)
        #expect(euros.hasSuffix(".mp4"))
        let dotted = ContentDisposition.attachment("." + String(repeating: "y", count: 300))
        #expect(dotted == "attachment; filename=\".\(String(repeating: "y", count: 254))\"")
    }
}

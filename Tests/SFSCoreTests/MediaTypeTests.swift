import SFSCore
import Testing

@Suite("A media type")
struct MediaTypeNamesTests {
    @Test(
        "has the extension that the original gave it, and not the usual one",
        arguments: [
            ("image/jpeg", "jpeg"), ("audio/mpeg", "mpga"), ("video/quicktime", "qt"),
            ("text/plain", "txt"), ("application/octet-stream", "bin"), ("text/html", "html"),
            ("image/tiff", "tiff"), ("video/mpeg", "mpeg"), ("audio/ogg", "oga"),
            ("application/xml", "xml"), ("application/postscript", "ai"),
            ("text/markdown", "markdown"), ("VIDEO/MP4", "mp4"), ("nobody/knows", ""),
        ])
    func canonical(type: String, fileExtension: String) {
        #expect(MediaType.fileExtension(for: type) == fileExtension)
    }

    @Test(
        "belongs to an extension, of which npm's table gives the last type",
        arguments: [
            ("jpg", "image/jpeg"), ("mp3", "audio/mpeg"), ("WAV", "audio/x-wav"),
            ("js", "application/javascript"), ("xml", "text/xml"), ("ico", "image/x-icon"),
            ("exe", "application/x-msdownload"), ("m4a", "audio/x-m4a"), ("opus", "audio/ogg"),
            ("avif", "image/avif"), ("woff2", "application/font-woff2"),
            ("mkv", "video/x-matroska"),
        ])
    func extensions(fileExtension: String, type: String) {
        #expect(MediaType.forExtension(fileExtension) == type)
    }

    @Test("is given only extensions that may be kept, whatever is detected")
    func detectable() {
        for sample in MediaSamples.all {
            let fileExtension = MediaType.fileExtension(for: sample.mediaType)
            #expect(!fileExtension.isEmpty, "\(sample.mediaType)")
            #expect(ContentAttributes.isExtension(fileExtension))
            #expect(ContentAttributes.isMediaType(sample.mediaType))
        }
    }

    @Test("loses its parameters and capitals when a client says it")
    func stated() {
        #expect(MediaType.parse(stated: " Text/HTML ; charset=latin1") == "text/html")
        #expect(MediaType.parse(stated: "text/html\r\nX: y") == nil)
        #expect(MediaType.parse(stated: "html") == nil)
        #expect(MediaType.parse(stated: "") == nil)
        #expect(MediaType.parse(stated: "; charset=utf-8") == nil)
    }

    @Test("is sent with a character set where it is text")
    func charset() {
        for type in ["text/plain", "application/json", "application/javascript", "image/svg+xml"] {
            #expect(MediaType.withCharset(type) == "\(type); charset=utf-8")
        }
        for type in ["image/png", "application/octet-stream", "text/css; charset=latin1"] {
            #expect(MediaType.withCharset(type) == type)
        }
    }
}

@Suite("The decision on a media type")
struct MediaTypeDecisionTests {
    private let png = MediaSamples.bytes(for: "image/png")
    private let text = Array("hello".utf8)

    @Test("trusts the first bytes, then the name, then the client")
    func order() {
        let byContent = MediaTypeDecision(prefix: png, fileName: "a.txt", stated: "text/html")
        #expect(byContent.mediaType == "image/png")
        #expect(byContent.fileExtension == "png")
        #expect(byContent.byName == "text/plain")
        #expect(byContent.stated == "text/html")

        let byName = MediaTypeDecision(prefix: text, fileName: "a.JPG", stated: "text/html")
        #expect(byName.mediaType == "image/jpeg")
        #expect(byName.fileExtension == "jpeg")
        #expect(byName.byContent == nil)

        let stated = MediaTypeDecision(prefix: text, fileName: "a", stated: "text/HTML; a=b")
        #expect(stated.mediaType == "text/html")
        #expect(stated.fileExtension == "html")
        #expect(stated.byName == nil)
    }

    @Test("does not count 'application/octet-stream' as knowing")
    func unknown() {
        let octets = MediaType.unknown
        let named = MediaTypeDecision(prefix: text, fileName: "a.bin", stated: "text/plain")
        #expect(named.mediaType == "text/plain")
        let nothing = MediaTypeDecision(prefix: text, fileName: nil, stated: octets)
        #expect(nothing.mediaType == octets)
        #expect(nothing.fileExtension == "bin")
        let empty = MediaTypeDecision(prefix: [], fileName: "", stated: nil)
        #expect(empty.mediaType == octets)
    }

    @Test("keeps the name's extension for a type that has none")
    func strangeType() {
        let decision = MediaTypeDecision(prefix: text, fileName: "a.odd", stated: "x-a/odd")
        #expect(decision.mediaType == "x-a/odd")
        #expect(decision.fileExtension == "odd")
        let bare = MediaTypeDecision(prefix: text, fileName: nil, stated: "x-a/odd")
        #expect(bare.fileExtension == "bin")
    }

    @Test("refuses a stated type that could break a header")
    func injection() {
        let decision = MediaTypeDecision(prefix: text, fileName: nil, stated: "a/b\r\nX: y")
        #expect(decision.mediaType == MediaType.unknown)
        #expect(decision.stated == nil)
    }
}

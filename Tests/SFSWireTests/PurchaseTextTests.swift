import SFSCore
import SFSWire
import Testing

@Suite("The order for a purchase")
struct PurchaseTextTests {
    private func scan(_ text: String) -> PurchaseOrder? {
        Array(text.utf8).withUnsafeBytes { PurchaseOrder(scanning: $0) }
    }

    private static let hash = "0123456789abcdef0123456789ABCDEF01234567"

    @Test(
        "is read as a general decoder reads it",
        arguments: [
            #"{"hash":"\#(hash)"}"#, #" { "life" : 60 , "hash" : "\#(hash)" } "#,
            "{\"name\":\"a film é.mp4\",\n\"ext\":\"\",\t\"hash\":\"\(hash)\",\"life\":1}\r\n",
            #"{"hash":"\#(hash)","life":\#(Int64.max)}"#,
        ])
    func same(text: String) throws {
        #expect(try scan(text) == JSON.decode(PurchaseOrder.self, from: text.utf8))
    }

    @Test(
        "is left to it when it is anything else",
        arguments: [
            "", "{", "{}", "[]", "true", #"{"hash":"\#(hash)""#, #"{"hash":"\#(hash)",}"#,
            #"{"hash":"\#(hash)"}x"#, #"{"hash":"0123"}"#, #"{"hash":"\u0030"}"#,
            #"{"hash":"\#(hash)","hash":"\#(hash)"}"#, #"{"hash":"\#(hash)","more":1}"#,
            #"{"hash":"\#(hash)","life":1.5}"#, #"{"hash":"\#(hash)","life":01}"#,
            #"{"hash":"\#(hash)","life":1e3}"#, #"{"hash":"\#(hash)","life":-1}"#,
            #"{"hash":"\#(hash)","life":"60"}"#, #"{"hash":"\#(hash)","life":null}"#,
            #"{"hash":"\#(hash)","life":9223372036854775808}"#,
            #"{"hash":"\#(hash)","referrer":["a"]}"#, #"{"life":60}"#,
        ])
    func others(text: String) {
        #expect(scan(text) == nil)
    }

    @Test("is left to it when a string is not UTF-8")
    func invalid() {
        let bytes = Array(#"{"hash":"\#(Self.hash)","name":""#.utf8) + [0xC3] + Array(#""}"#.utf8)
        #expect(bytes.withUnsafeBytes { PurchaseOrder(scanning: $0) } == nil)
    }

    @Test("is answered with the bytes that a general encoder gives")
    func answer() throws {
        let controls = String(decoding: (0..<0x80).map { UInt8($0) }, as: UTF8.self)
        let purchase = Purchase(
            token: .random(zone: "a", day: 20_000), hash: try ContentHash(parsing: Self.hash),
            fileExtension: "mp4", name: controls + "é\u{2028}𝄞/",
            referrers: [try Referrer(parsing: "example.com")],
            networks: [try IPNetwork(parsing: "2001:db8::/32")], lifeSeconds: 60,
            afterLifeSeconds: .max, created: Timestamp(milliseconds: 1_795_000_000_003),
            expires: Timestamp(milliseconds: 1_795_000_060_003), account: "films")
        for url in [nil, "http://127.0.0.1:8161/t/f%20g"] {
            let reply = PurchaseReply(purchase, url: url)
            #expect(try reply.text == JSON.encode(reply))
        }
    }
}

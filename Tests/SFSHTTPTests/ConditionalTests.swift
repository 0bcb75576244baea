import SFSCore
import SFSHTTP
import Testing

@Suite("Conditions and ranges")
struct ConditionalTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let fields: [(String, String)]
        let outcome: Conditional
        var method = "GET"
        var size: Int64 = 100
        /// In milliseconds since 1970.
        var modified: Int64?

        var testDescription: String { "\(method) \(fields) of \(size)" }
    }

    static let samples: [Sample] = [
        Sample(fields: [], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-9")], outcome: .part(0..<10)),
        Sample(fields: [("range", "Bytes = 90-")], outcome: .part(90..<100)),
        Sample(fields: [("Range", "bytes=-10")], outcome: .part(90..<100)),
        Sample(fields: [("Range", "bytes=-1000")], outcome: .part(0..<100)),
        Sample(fields: [("Range", "bytes=99-1000")], outcome: .part(99..<100)),
        Sample(fields: [("Range", "bytes=0-9223372036854775807")], outcome: .part(0..<100)),
        Sample(fields: [("Range", "bytes=100-")], outcome: .unsatisfiable),
        Sample(fields: [("Range", "bytes=9223372036854775807-")], outcome: .unsatisfiable),
        Sample(fields: [("Range", "bytes=-0")], outcome: .unsatisfiable),
        Sample(fields: [("Range", "bytes=0-")], outcome: .unsatisfiable, size: 0),
        Sample(fields: [("Range", "bytes=0-9,")], outcome: .part(0..<10)),
        Sample(fields: [("Range", "bytes=,")], outcome: .whole),
        Sample(fields: [("Range", "bytes=9-0")], outcome: .whole),
        Sample(fields: [("Range", "bytes=a-b")], outcome: .whole),
        Sample(fields: [("Range", "lines=0-9")], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-9"), ("Range", "bytes=0-9")], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-9")], outcome: .whole, method: "HEAD"),
        Sample(fields: [("Range", "bytes=0-9")], outcome: .whole, method: "POST"),
        Sample(fields: [("If-Match", "\"a\"")], outcome: .whole),
        Sample(fields: [("If-Match", "*")], outcome: .whole),
        Sample(fields: [("If-Match", "\"b\", \"a\"")], outcome: .whole),
        Sample(fields: [("If-Match", "\"b\""), ("If-Match", "\"a\"")], outcome: .whole),
        Sample(fields: [("If-Match", "\"b\"")], outcome: .preconditionFailed),
        Sample(fields: [("If-Match", "W/\"a\"")], outcome: .preconditionFailed),
        Sample(fields: [("If-Match", "a")], outcome: .preconditionFailed),
        Sample(fields: [("If-None-Match", "\"a\"")], outcome: .notModified),
        Sample(fields: [("If-None-Match", "W/\"a\"")], outcome: .notModified),
        Sample(fields: [("If-None-Match", "*")], outcome: .notModified, method: "HEAD"),
        Sample(fields: [("If-None-Match", "\"a\"")], outcome: .preconditionFailed, method: "PUT"),
        Sample(fields: [("If-None-Match", "\"b\"")], outcome: .whole),
        Sample(
            fields: [("If-Match", "\"b\""), ("If-None-Match", "\"a\"")],
            outcome: .preconditionFailed),
        Sample(
            fields: [("If-None-Match", "\"a\""), ("Range", "bytes=100-")], outcome: .notModified),
        Sample(
            fields: [("If-Range", "\"a\""), ("Range", "bytes=0-9")], outcome: .part(0..<10)),
        Sample(fields: [("If-Range", "\"b\""), ("Range", "bytes=0-9")], outcome: .whole),
        Sample(fields: [("If-Range", "\"b\""), ("Range", "bytes=100-")], outcome: .whole),
        Sample(fields: [("If-Range", "W/\"a\""), ("Range", "bytes=0-9")], outcome: .whole),
        Sample(
            fields: [("If-Range", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Range", "bytes=0-9")],
            outcome: .whole),
    ]

    static let severalRanges: [Sample] = [
        Sample(fields: [("Range", "bytes=0-1,5-6")], outcome: .parts([0..<2, 5..<7])),
        Sample(fields: [("Range", "bytes= 5-6 ,\t0-1")], outcome: .parts([5..<7, 0..<2])),
        Sample(
            fields: [("Range", "bytes=-1, 0-0,50-51")],
            outcome: .parts([99..<100, 0..<1, 50..<52])),
        // Those that touch are one, where the first of them stood.
        Sample(fields: [("Range", "bytes=0-4,5-9")], outcome: .part(0..<10)),
        Sample(fields: [("Range", "bytes=50-59,0-1,55-70")], outcome: .parts([50..<71, 0..<2])),
        Sample(fields: [("Range", "bytes=0-1,4-5,90-,2-3")], outcome: .parts([0..<6, 90..<100])),
        Sample(fields: [("Range", "bytes=90-,4-5,0-1,2-3")], outcome: .parts([90..<100, 0..<6])),
        Sample(fields: [("Range", "bytes=0-,-1")], outcome: .whole),
        Sample(fields: [("Range", "bytes=50-,0-49")], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-98,99-200")], outcome: .whole),
        // Those that are not there do not count.
        Sample(fields: [("Range", "bytes=0-1,100-")], outcome: .part(0..<2)),
        Sample(fields: [("Range", "bytes=200-,100-,-0")], outcome: .unsatisfiable),
        Sample(fields: [("Range", "bytes=0-1,5-6")], outcome: .unsatisfiable, size: 0),
        Sample(fields: [("Range", "bytes=0-1,x")], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-1,6-5")], outcome: .whole),
        Sample(fields: [("Range", "bytes=0-1,5-6")], outcome: .whole, method: "HEAD"),
        Sample(
            fields: [
                ("Range", "bytes=" + (0..<16).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ","))
            ],
            outcome: .parts((0..<16).map { Int64($0) * 2..<Int64($0) * 2 + 1 })),
        Sample(
            fields: [
                ("Range", "bytes=" + (0..<17).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ","))
            ],
            outcome: .whole),
    ]

    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    /// In the second of `date`.
    private static let then: Int64 = 784_111_777_500

    static let dates: [Sample] = [
        Sample(fields: [("If-Modified-Since", date)], outcome: .notModified, modified: then),
        Sample(
            fields: [("If-Modified-Since", date)], outcome: .notModified, method: "HEAD",
            modified: then),
        Sample(
            fields: [("If-Modified-Since", date)], outcome: .whole, method: "PUT", modified: then),
        Sample(fields: [("If-Modified-Since", before)], outcome: .whole, modified: then),
        Sample(fields: [("If-Modified-Since", date)], outcome: .whole),
        Sample(fields: [("If-Modified-Since", "yesterday")], outcome: .whole, modified: then),
        Sample(
            fields: [("If-Modified-Since", date), ("If-None-Match", "\"b\"")], outcome: .whole,
            modified: then),
        Sample(fields: [("If-Unmodified-Since", date)], outcome: .whole, modified: then),
        Sample(
            fields: [("If-Unmodified-Since", before)], outcome: .preconditionFailed,
            modified: then),
        Sample(fields: [("If-Unmodified-Since", before)], outcome: .whole),
        Sample(fields: [("If-Unmodified-Since", "never")], outcome: .whole, modified: then),
        Sample(
            fields: [("If-Unmodified-Since", before), ("If-Match", "\"a\"")], outcome: .whole,
            modified: then),
        Sample(
            fields: [("If-Range", date), ("Range", "bytes=0-9")], outcome: .part(0..<10),
            modified: then),
        Sample(
            fields: [("If-Range", before), ("Range", "bytes=0-9")], outcome: .whole,
            modified: then),
        Sample(
            fields: [("If-Range", "Sun, 06 Nov 1994 08:49:38 GMT"), ("Range", "bytes=0-9")],
            outcome: .whole, modified: then),
        Sample(
            fields: [("If-Range", "x"), ("Range", "bytes=0-9")], outcome: .whole, modified: then),
    ]

    @Test(
        "are decided in the order of RFC 9110", arguments: samples + severalRanges + dates)
    func decides(_ sample: Sample) {
        var headers = HeaderFields()
        for (name, value) in sample.fields { headers.add(name, value) }
        let outcome = Conditional.evaluate(
            method: sample.method, headers: headers, entityTag: "\"a\"",
            lastModified: sample.modified.map { Timestamp(milliseconds: $0) }, size: sample.size)
        #expect(outcome == sample.outcome)
    }
}

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
        Sample(fields: [("Range", "bytes=0-1,5-6")], outcome: .whole),
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

    @Test("are decided in the order of RFC 9110", arguments: samples)
    func decides(_ sample: Sample) {
        var headers = HeaderFields()
        for (name, value) in sample.fields { headers.add(name, value) }
        let outcome = Conditional.evaluate(
            method: sample.method, headers: headers, entityTag: "\"a\"", size: sample.size)
        #expect(outcome == sample.outcome)
    }
}

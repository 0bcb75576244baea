import NIOHTTP1
import SFSCore

/// The head of a request, checked for everything by which two servers could disagree about it.
struct RequestHead {
    /// How the body's end is known.
    enum Framing: Equatable {
        /// This many bytes.
        case length(Int64)
        /// Chunks, the last one empty.
        case chunked
    }

    let request: HTTPRequest
    let framing: Framing
    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool
    /// Whether the client can send another request after this one.
    let isKeepAlive: Bool
    /// Whether it came as HTTP/1.0.
    let isOld: Bool

    /// Checks what the parser lets pass.
    init(
        checking head: HTTPRequestHead, limits: HTTPLimits, peer: Peer, listener: Int,
        isSecure: Bool
    ) throws(Refusal) {
        isOld = head.version == .http1_0
        try Self.checkHost(head.headers, isOld: isOld)
        framing = try Self.framing(head.headers, isOld: isOld)
        expectsContinue =
            try Self.expectsContinue(head.headers) && !isOld
            && framing != .length(0)
        guard head.uri.utf8.count <= limits.targetBytesMaximum else {
            throw Refusal(414, "the request target is too long")
        }
        do {
            request = try HTTPRequest(
                method: head.method.rawValue, target: head.uri, headers: HeaderFields(head.headers),
                peer: peer, listener: listener, isSecure: isSecure)
        } catch {
            throw Refusal(400, error.message)
        }
        // The parser stops after a request that would change the protocol; the answer is that
        // the protocol stays, but then nothing more can be read.
        isKeepAlive =
            head.isKeepAlive && !head.headers.contains(name: "Upgrade") && head.method != .CONNECT
    }

    private static func checkHost(_ headers: HTTPHeaders, isOld: Bool) throws(Refusal) {
        let hosts = headers["Host"]
        guard hosts.count == 1 || isOld && hosts.isEmpty else {
            throw Refusal(400, "the request must have one 'Host' field")
        }
        let isHost = (hosts.first ?? "").utf8.allSatisfy { byte in
            // Letters, digits and what else a host, a port or an IPv6 address is made of.
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~%:[]!$&'()*+;=".utf8.contains(byte)
            }
        }
        guard isHost else { throw Refusal(400, "the 'Host' field is not a host") }
    }

    private static func framing(
        _ headers: HTTPHeaders, isOld: Bool
    ) throws(Refusal) -> Framing {
        let codings = headers["Transfer-Encoding"]
        let lengths = headers["Content-Length"]
        if !codings.isEmpty {
            guard lengths.isEmpty, !isOld else {
                throw Refusal(400, "the length of the request's body is ambiguous")
            }
            guard codings.count == 1, codings[0].lowercased() == "chunked" else {
                throw Refusal(501, "the only transfer coding is 'chunked'")
            }
            return .chunked
        }
        guard let text = lengths.first else { return .length(0) }
        guard lengths.count == 1, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int64(text)
        else {
            throw Refusal(400, "the 'Content-Length' is not one number")
        }
        return .length(length)
    }

    private static func expectsContinue(_ headers: HTTPHeaders) throws(Refusal) -> Bool {
        let expectations = headers["Expect"]
        guard expectations.allSatisfy({ $0.lowercased() == "100-continue" }) else {
            throw Refusal(417, "the only expectation is '100-continue'")
        }
        return !expectations.isEmpty
    }
}

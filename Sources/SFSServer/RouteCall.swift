import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

/// A request that found its route.
struct RouteCall: Sendable {
    let request: HTTPRequest
    let body: RequestBody
    /// The path's variable segments by name, decoded: none is empty, `.`, `..`, or has a slash or
    /// a NUL in it.
    let parameters: [String: String]
    let caller: Caller
    /// Bytes of a JSON body, at most.
    let jsonMaximum: Int
    /// Memory for bodies that are collected.
    let budget: BodyBudget

    /// The segment called `name` in the route's pattern.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The hash in the segment `hash`.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`.
    func hash() throws(SFSError) -> ContentHash {
        try ContentHash(parsing: parameter("hash"))
    }

    /// The body of a request that brings contents, of `maximum` bytes at most.
    ///
    /// - Throws: `SFSError` with code `.tooLarge`, at once or while it is read.
    func upload(upTo maximum: Int64) throws(SFSError) -> ByteStream {
        guard body.declaredLength ?? 0 <= maximum else {
            throw SFSError(.tooLarge, "the body is too large; \(maximum) bytes are allowed")
        }
        return body.stream.limited(to: maximum)
    }

    /// The JSON value that the body is.
    ///
    /// - Throws: `SFSError` with code `.protocol` or `.tooLarge`.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        try await json(type) { _ in nil }
    }

    /// The JSON value that the body is, as `scan` reads it, where that can.
    ///
    /// - Throws: `SFSError` with code `.protocol` or `.tooLarge`.
    func json<Value: Decodable>(
        _ type: Value.Type, scan: (UnsafeRawBufferPointer) -> Value?
    ) async throws -> Value {
        try await withBody { body in
            try body.withUnsafeReadableBytes(scan)
                ?? JSON.decodeStrictly(type, from: body.readableBytesView)
        }
    }

    /// Runs `use` with all of the body.
    ///
    /// - Throws: `SFSError` with code `.tooLarge`, or `.busy`; what `use` throws.
    func withBody<Result>(_ use: (ByteBuffer) throws -> Result) async throws -> Result {
        let length = body.declaredLength.map { Int(clamping: $0) } ?? jsonMaximum
        return try await budget.with(min(length, jsonMaximum)) {
            try use(try await body.collect(upTo: jsonMaximum))
        }
    }
}

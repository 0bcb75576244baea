package import Logging
import NIOCore
import SFSCore
package import SFSHTTP
import SFSWire

/// A table of routes: finds the one for a request, or throws.
package protocol RouteTable: Sendable {
    /// The answer to `request`.
    ///
    /// - Throws: `SFSError`, which becomes the answer.
    func answer(_ request: HTTPRequest, _ body: RequestBody) async throws -> HTTPResponse

    /// Whether `prepare(_:)` is worth asking.
    var preparesReplies: Bool { get }

    /// See `HTTPHandler.prepare(_:)`.
    ///
    /// - Throws: when the request has to be answered, or refused, the long way.
    func prepare(_ request: HTTPRequest) async throws -> PreparedReply?
}

extension RouteTable {
    /// Most tables have nothing to prepare.
    package var preparesReplies: Bool { false }

    /// Nothing, unless a table has its own.
    package func prepare(_ request: HTTPRequest) async throws -> PreparedReply? { nil }
}

/// Serves a route table: turns what it throws into replies and writes one line per request to the
/// log.
package struct Handling<Table: RouteTable>: HTTPHandler {
    private let table: Table
    private let logger: Logger

    package init(_ table: Table, logger: Logger) {
        self.table = table
        self.logger = logger
    }

    package func respond(to request: HTTPRequest, body: RequestBody) async -> HTTPResponse {
        let start = ContinuousClock.now
        var failure: SFSError?
        let response: HTTPResponse
        do {
            response = try await table.answer(request, body)
        } catch let refused as Refused {
            failure = refused.cause
            response = refused.response
        } catch {
            let error =
                error is CancellationError
                ? SFSError(.unavailable, "the request was given up", cause: error)
                : SFSError(wrapping: error)
            failure = error
            response = .error(error)
        }
        log(request, response, failure, ContinuousClock.now - start)
        return response
    }

    package var preparesReplies: Bool { table.preparesReplies }

    package func prepare(_ request: HTTPRequest) async -> PreparedReply? {
        // What is wrong with it is found again, and told, on the long way.
        try? await table.prepare(request)
    }

    private func log(
        _ request: HTTPRequest, _ response: HTTPResponse, _ failure: SFSError?, _ time: Duration
    ) {
        let isFault = failure.map { $0.code == .internal || $0.code == .io } ?? false
        logger.log(
            level: isFault ? .error : .debug, "request",
            metadata: [
                "method": "\(request.method)", "path": "\(request.pathWithoutTokens)",
                "status": "\(response.status)", "peer": "\(request.peer)", "time": "\(time)",
                "error": failure.map { "\($0)" } ?? "",
            ])
    }
}

extension HTTPRequest {
    /// The path's segments, still percent-encoded.
    var segments: [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: true)
    }

    /// The path for the log: of a purchase's token only the beginning.
    fileprivate var pathWithoutTokens: String {
        segments.map { segment in
            let isToken = PurchaseToken(parsing: segment) != nil
            return "/" + (isToken ? "\(segment.prefix(8))..." : String(segment))
        }.joined()
    }

    /// The error for a request that no route takes.
    var unknownRoute: SFSError {
        SFSError(.notFound, "'\(method) \(path.prefix(200))' is not a route here")
    }
}

/// The fields of a query, each of which may be given once.
struct Query {
    private let fields: [(name: String, value: String)]

    /// - Throws: `SFSError` with code `.usage` for a name that is not one of `allowed`, or twice.
    init(_ request: HTTPRequest, allowed: Set<String>) throws(SFSError) {
        fields = try request.query()
        for (index, field) in fields.enumerated() {
            guard allowed.contains(field.name) else {
                throw SFSError(.usage, "'\(field.name.prefix(80))' is not a parameter here")
            }
            if fields[..<index].contains(where: { $0.name == field.name }) {
                throw SFSError(.usage, "'\(field.name)' is given twice")
            }
        }
    }

    /// The value of `name`; `nil` when absent.
    subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The whole number in `name`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func number(_ name: String) throws(SFSError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text) else {
            throw SFSError(.usage, "'\(text.prefix(80))' is not a number for '\(name)'")
        }
        return number
    }

    /// The hash algorithm in `algorithm`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func algorithm() throws(SFSError) -> HashAlgorithm? {
        guard let text = self["algorithm"] else { return nil }
        guard let algorithm = HashAlgorithm(rawValue: text) else {
            throw SFSError(.usage, "'\(text.prefix(80))' is not a hash algorithm")
        }
        return algorithm
    }
}

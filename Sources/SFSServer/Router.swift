import NIOCore
import SFSCore
package import SFSHTTP

/// Finds the route of a request in a table, and turns what it throws into the answer that its
/// clients expect.
package struct Router: RouteTable {
    private struct Entry {
        let route: Route
        let segments: [Segment]

        /// Whether it has no segment of its own.
        var isOpenToAnyPath: Bool {
            segments.allSatisfy { if case .variable = $0 { true } else { false } }
                && !segments.isEmpty
        }
    }

    private enum Segment {
        case literal(String)
        case variable(String)
    }

    private enum Match {
        case found(Route, [String: String])
        /// The path is known, for these methods.
        case otherMethods([Route])
        case none
    }

    /// Bytes of a JSON body from somebody who need not say who they are.
    private static let strangersJSONMaximum = 64 << 10

    /// Bytes of a body that may be parsed on the thread of its connection.
    private static let quickBodyMaximum = 8 << 10

    /// By number of segments, so that few are looked at.
    private let entries: [Int: [Entry]]
    private let access: Access
    private let jsonMaximum: Int
    private let budget = BodyBudget()

    /// Of two routes that fit, the one that comes first in `routes` answers.
    init(_ routes: [Route], access: Access, jsonMaximum: Int) {
        let entries = routes.map { route in
            Entry(
                route: route,
                segments: route.pattern.split(separator: "/").map { text in
                    text.hasPrefix("{")
                        ? .variable(String(text.dropFirst().dropLast())) : .literal(String(text))
                })
        }
        self.entries = Dictionary(grouping: entries) { $0.segments.count }
        self.access = access
        self.jsonMaximum = jsonMaximum
    }

    /// Method and pattern of every route, in no order; what `openapi.json` must describe.
    package var described: [(method: String, pattern: String)] {
        entries.values.joined().map { ($0.route.method, $0.route.pattern) }
    }

    package func answer(_ request: HTTPRequest, _ body: RequestBody) async throws -> HTTPResponse {
        switch find(request) {
        case .none: throw request.unknownRoute
        case .otherMethods(let routes): return try otherMethod(request, routes)
        case .found(let route, let parameters):
            do {
                guard !isQuick(route, request, body) else {
                    return try await answer(request, body, route, parameters)
                }
                return try await withTaskExecutorPreference(globalConcurrentExecutor) {
                    try await answer(request, body, route, parameters)
                }
            } catch let refused as Refused {
                throw Refused(response: shared(refused.response, by: route), cause: refused.cause)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw route.style.refusal(SFSError(wrapping: error), route, request)
            }
        }
    }

    /// Whether nothing will hold up the thread of the connection.
    private func isQuick(_ route: Route, _ request: HTTPRequest, _ body: RequestBody) -> Bool {
        // Who is on a Unix socket may have to be looked up in files, or farther away.
        if case .unix = request.peer { return false }
        return route.isQuick && body.declaredLength ?? .max <= Self.quickBodyMaximum
    }

    private func answer(
        _ request: HTTPRequest, _ body: RequestBody, _ route: Route, _ parameters: [String: String]
    ) async throws -> HTTPResponse {
        let caller = try await access.check(request, route.access)
        let call = RouteCall(
            request: request, body: body, parameters: parameters, caller: caller,
            jsonMaximum: jsonMaximum(of: route), budget: budget)
        return shared(try await route.answer(call), by: route)
    }

    /// Strangers may send little: what they send is held in memory before they are known.
    private func jsonMaximum(of route: Route) -> Int {
        route.access == .open ? min(jsonMaximum, Self.strangersJSONMaximum) : jsonMaximum
    }

    private func find(_ request: HTTPRequest) -> Match {
        let method = request.method == "HEAD" ? "GET" : request.method
        let segments = request.segments
        var others: [Route] = []
        for entry in entries[segments.count] ?? [] {
            guard let parameters = Self.match(segments, entry.segments) else { continue }
            // A path that is spelled out somewhere is not a token and a file's name.
            if entry.isOpenToAnyPath, !others.isEmpty { break }
            if entry.route.method == method { return .found(entry.route, parameters) }
            others.append(entry.route)
        }
        return others.isEmpty ? .none : .otherMethods(others)
    }

    /// The variable segments, if all others are the same.
    private static func match(
        _ segments: [Substring], _ pattern: [Segment]
    ) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (text, segment) in zip(segments, pattern) {
            switch segment {
            case .literal(let literal): guard text == literal else { return nil }
            case .variable(let name):
                // What does not decode, or would lead elsewhere, is no segment of ours.
                guard let value = try? PercentEncoding.decode(text), value != ".", value != "..",
                    !value.contains("/"), !value.contains("\0")
                else { return nil }
                parameters[name] = value
            }
        }
        return parameters
    }

    private func otherMethod(
        _ request: HTTPRequest, _ routes: [Route]
    ) throws -> HTTPResponse {
        var methods = routes.map(\.method)
        if methods.contains("GET") { methods.append("HEAD") }
        if request.method == "OPTIONS" {
            var response = HTTPResponse(
                status: 204, headers: ["Allow": (methods + ["OPTIONS"]).joined(separator: ", ")])
            if let route = routes.first(where: \.isShared) {
                response = shared(response, by: route)
                response.headers.add("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                response.headers.add(
                    "Access-Control-Allow-Headers", "Range, If-Range, If-None-Match, If-Match")
                response.headers.add("Access-Control-Max-Age", "86400")
            }
            return response
        }
        let error = SFSError(
            .protocol, "'\(request.method.prefix(20))' is not a method of this route")
        var response = HTTPResponse.error(error)
        response.status = 405
        response.headers.add("Allow", methods.joined(separator: ", "))
        throw Refused(response: response, cause: error)
    }

    /// Lets pages of other sites read the answer, where the route is for them.
    private func shared(_ response: HTTPResponse, by route: Route) -> HTTPResponse {
        guard route.isShared else { return response }
        var response = response
        for (name, value) in Route.sharing { response.headers.replace(name, with: value) }
        return response
    }
}

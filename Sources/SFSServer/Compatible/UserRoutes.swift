import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Login and logout as clients of the original know them (protocol.md 2.2).
struct UserRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        [
            Route("POST", "/user/login", .open, .plain) { try await logIn($0) },
            Route("POST", "/user/logout", .account, .plain) { try await logOut($0) },
            Route("POST", "/user/session/validate", .account, .plain) { try await validate($0) },
        ]
    }

    private func logIn(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.value()
        let type = order["tokenType"]?.string ?? "permanent"
        guard ["permanent", "temporary"].contains(type), isAbsentOrText(order["tokenType"]) else {
            throw Self.failure("Invalid token type request", .usage)
        }
        let name = order["name"]?.string
        do {
            let opened = try await prism.logIn(
                name: name ?? order["username"]?.string ?? "",
                password: order["secret"]?.string ?? order["password"]?.string ?? "",
                permanent: type == "permanent", address: call.address)
            return .value([
                "status": "ok", "message": "Login successful", "success": "User logged in",
                "session": describe(opened.session, token: opened.token, name: name),
            ])
        } catch let error as SFSError where error.code == .unauthenticated {
            // One wording, whatever the reason.
            throw Self.failure("Invalid name or secret", .unauthenticated)
        }
    }

    private func logOut(_ call: RouteCall) async throws -> HTTPResponse {
        // Clients send anything here, `true` for one.
        _ = try await call.value()
        guard let token = Self.token(call.request) else {
            return .value(["success": "User logged out", "data": "", "session": [:]])
        }
        try await prism.logOut(token)
        return .value([
            "success": "User logged out", "data": "", "session": ["token": .string(token)],
        ])
    }

    private func validate(_ call: RouteCall) async throws -> HTTPResponse {
        _ = try await call.value()
        guard let token = Self.token(call.request), let session = try await prism.session(token)
        else { return .value(["success": "Session valid"]) }
        return .value([
            "success": "Session valid",
            "session": describe(session, token: token, name: session.account.text),
        ])
    }

    private func describe(
        _ session: AccountSession, token: String, name: String?
    ) -> JSONValue {
        let life = prism.settings.logins.sessionLife.components.seconds
        var fields: [String: JSONValue] = [
            "token": .string(token),
            "tokenType": session.reply.permanent ? "permanent" : "temporary",
            "expiry": .integer(session.reply.permanent ? 0 : life),
            "ip": .string(session.reply.ip),
            "roles": .array(
                session.roles.map(\.rawValue).sorted().map { .string($0) }),
            "data": [:],
            // The C++ client stops without it.
            "UserId": 0,
        ]
        // Only for who called it `name`, as the original does.
        if name != nil { fields["name"] = .string(session.account.text) }
        return .object(fields)
    }

    private func isAbsentOrText(_ value: JSONValue?) -> Bool {
        value == nil || value?.string != nil
    }

    /// The token by which the request showed its session.
    private static func token(_ request: HTTPRequest) -> String? {
        let field = request.headers.first(Access.sessionField) ?? ""
        return field.isEmpty ? request.authorization("Bearer") : field
    }

    private static func failure(_ text: String, _ code: ErrorCode) -> Refused {
        Refused(
            500,
            [
                "status": "error", "error": .string(text), "err": .string(text),
                "message": .string("Login failed: " + text),
            ], code, text)
    }
}

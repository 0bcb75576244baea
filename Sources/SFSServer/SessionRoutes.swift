import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Sessions: everybody may open one with a password, who administers the cluster sees them all.
struct SessionRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        [
            Route("POST", Routes.sessions, .open) { try await logIn($0) },
            Route("GET", Routes.sessions, .operators) { call in
                let query = try Query(call.request, allowed: ["account"])
                return .json(try await prism.sessions(of: try query.accountName()))
            },
            Route("DELETE", Routes.sessions, .operators) { call in
                let query = try Query(call.request, allowed: ["account"])
                guard let account = try query.accountName() else {
                    throw SFSError(.usage, "say whose sessions: 'account' is missing")
                }
                return .json(try await prism.endSessions(of: account, actor: call.caller.name))
            },
            Route("DELETE", "\(Routes.sessions)/{id}", .operators) { call in
                guard let id = Int64(call.parameter("id")) else {
                    throw SFSError(.usage, "a session's id is a number")
                }
                try await prism.endSession(id, actor: call.caller.name)
                return HTTPResponse(status: 204)
            },
        ]
    }

    private func logIn(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.json(LoginOrder.self)
        let opened = try await prism.logIn(
            name: order.name, password: order.password, permanent: order.permanent,
            address: call.address)
        return .json(
            LoginReply(token: opened.token, session: opened.session.reply), status: 201)
    }
}

extension Query {
    /// The account in `account`; `nil` when absent.
    fileprivate func accountName() throws(SFSError) -> AccountName? {
        guard let text = self["account"] else { return nil }
        return try AccountName(parsing: text)
    }
}

import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Accounts, for who administers the cluster.
struct AccountRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        let account = "\(Routes.accounts)/{name}"
        return [
            Route("GET", Routes.accounts, .operators) { _ in .json(try await prism.accounts()) },
            Route("POST", Routes.accounts, .operators) { try await create($0) },
            Route("DELETE", account, .operators) { call in
                try await prism.removeAccount(try call.accountName(), actor: call.caller.name)
                return HTTPResponse(status: 204)
            },
            Route("POST", "\(account)/password", .operators) { call in
                let order = try await call.json(PasswordOrder.self)
                try await prism.setPassword(
                    order.password, of: try call.accountName(), actor: call.caller.name)
                return HTTPResponse(status: 204)
            },
            Route("POST", "\(account)/enable", .operators) { try await enable(true, $0) },
            Route("POST", "\(account)/disable", .operators) { try await enable(false, $0) },
        ]
    }

    private func create(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.json(AccountOrder.self)
        let account = try await prism.createAccount(
            order.name, password: order.password, roles: order.roles, actor: call.caller.name)
        return .json(account, status: 201)
    }

    private func enable(_ isEnabled: Bool, _ call: RouteCall) async throws -> HTTPResponse {
        try await prism.setEnabled(isEnabled, try call.accountName(), actor: call.caller.name)
        return HTTPResponse(status: 204)
    }
}

extension RouteCall {
    /// The account in the segment `name`.
    fileprivate func accountName() throws(SFSError) -> AccountName {
        try AccountName(parsing: parameter("name"))
    }
}

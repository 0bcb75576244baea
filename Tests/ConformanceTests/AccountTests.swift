import ProcessFixture
import Testing

extension Conformance {
    @Suite("An account", .serialized)
    struct AccountTests {
        /// Asks for a change over the Unix socket.
        private func change(
            _ method: String, _ target: String, _ body: JSONTree? = nil
        ) async throws -> Reply {
            let prism = try ConformanceCluster.running().plan.processes[0].prism
            let bytes = try body?.bytes
            return try await WebConnection(to: .unix(prism.socket)).ask(
                method, target, [("Content-Type", "application/json")], body: bytes)
        }

        @Test("that is disabled, changed or removed has no session, within a second, anywhere")
        func sessions() async throws {
            let cluster = try ConformanceCluster.running()
            let account = Account(name: "short-lived")
            let prisms = try cluster.prisms()
            let new: JSONTree = ["password": .text(ConformanceCluster.password)]
            try await account.create(through: cluster.plan.processes[0].prism)
            let changes: [(String, String, JSONTree?, undo: String?)] = [
                ("POST", "/disable", nil, "/enable"), ("POST", "/password", new, nil),
                ("DELETE", "", nil, nil),
            ]
            for (method, path, body, undo) in changes {
                let token = try await account.logIn(at: prisms[0])
                let sessions = prisms.map { $0.by(.session(token)) }
                for session in sessions {
                    #expect(try await session.post("/user/session/validate", [:]).status == 200)
                }
                let reply = try await change(method, "/v1/accounts/short-lived\(path)", body)
                #expect(reply.status == 204, "\(path) \(reply.summary)")
                for session in sessions {
                    _ = try await eventually(within: .busySecond, "'\(session.name)' \(path)") {
                        let reply = try await session.post("/user/session/validate", [:])
                        return reply.status == 401 ? true : nil
                    }
                }
                if let undo {
                    let undone = try await change("POST", "/v1/accounts/short-lived\(undo)")
                    #expect(undone.status == 204)
                }
            }
            let gone = try await prisms[0].anonymous.post(
                "/user/login",
                ["name": "short-lived", "secret": .text(ConformanceCluster.password)],
                from: "127.0.3.7")
            #expect(gone.status == 500, "\(gone.summary)")
        }

        @Test("and all that it does to purchases is in the audit")
        func audit() async throws {
            let cluster = try ConformanceCluster.running()
            let account = Account(name: "audited")
            let prism = cluster.plan.processes[0].prism
            try await account.create(through: prism)
            let session = prism.by(.session(try await account.logIn(at: prism)))
            let token = try await session.buy(try await session.keep())
            let removed = try await session.post(
                "/content/purchase/remove", ["token": .text(token)])
            #expect(removed.status == 200)
            #expect(try await session.post("/user/logout", [:]).status == 200)
            let rows = try await cluster.postgres.query(
                "SELECT action FROM audit WHERE actor = 'audited' OR subject LIKE '%audited%'",
                in: "stretchfs")
            #expect(rows.count >= 3, "made, logged in, revoked: \(rows)")
        }

        @Test("is not made twice, nor with a bad name or password")
        func refused() async throws {
            let password = JSONTree.text(ConformanceCluster.password)
            let orders: [(JSONTree, Int)] = [
                (["name": "tester", "password": password], 409),
                (["name": "../x", "password": password], 400),
                (["name": "", "password": password], 400),
                (["name": "new-one", "password": "short"], 400),
                (["name": "new-one", "password": password, "roles": ["root"]], 400),
                (["name": "new-one"], 400),
            ]
            for (order, status) in orders {
                let reply = try await change("POST", "/v1/accounts", order)
                #expect(reply.status == status, "\(order) \(reply.summary)")
                #expect(!reply.isTalkative && !reply.text.contains(ConformanceCluster.password))
            }
        }
    }
}

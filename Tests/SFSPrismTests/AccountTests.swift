import ClusterFixture
import SFSCore
import SFSPrism
import SFSWire
import Testing

@Suite("Accounts and sessions")
struct AccountTests {
    private static let password = "correct horse battery"

    private func account(
        _ cluster: TestCluster, _ text: String = "films"
    ) async throws -> AccountName {
        let name = try AccountName(parsing: text)
        _ = try await cluster.prisms[0].createAccount(
            name, password: Self.password, roles: [.read], actor: "test")
        return name
    }

    private func logIn(
        _ cluster: TestCluster, _ name: String, _ password: String = password, at prism: Int = 0
    ) async throws -> OpenedSession {
        try await cluster.prisms[prism].logIn(
            name: name, password: password, permanent: true, address: "192.0.2.1")
    }

    @Test("open a session with a password, which every prism knows and nobody can guess")
    func login() async throws {
        try await TestCluster.with { cluster in
            _ = try await account(cluster)
            let opened = try await logIn(cluster, "films")
            #expect(opened.token.utf8.count == 32)
            let session = try await cluster.prisms[1].session(opened.token)
            #expect(session?.account.text == "films")
            #expect(session?.roles == [.read])
            #expect(session?.reply.permanent == true)
            let other = try await cluster.prisms[1].session(String(opened.token.dropLast()) + "!")
            #expect(other == nil)
        }
    }

    @Test("are refused in one way, whatever the reason")
    func refusals() async throws {
        try await TestCluster.with { cluster in
            let name = try await account(cluster)
            let off = try await account(cluster, "off")
            try await cluster.prisms[0].setEnabled(false, off, actor: "test")
            var messages: Set<String> = []
            for (name, password) in [
                (name.text, "wrong"), ("nobody", Self.password), (off.text, Self.password),
                ("../..", Self.password), ("", ""), (name.text, ""),
                (name.text, String(repeating: "x", count: 5000)),
            ] {
                let error = await #expect(throws: SFSError.self) {
                    try await logIn(cluster, name, password)
                }
                #expect(error?.code == .unauthenticated)
                messages.insert(error?.message ?? "")
            }
            #expect(messages.count == 1)
        }
    }

    @Test("end at once when they are revoked, disabled, removed or get another password")
    func ends() async throws {
        try await TestCluster.with { cluster in
            let prism = cluster.prisms[0]
            let ends: [(String, (AccountName, OpenedSession) async throws -> Void)] = [
                (
                    "a",
                    {
                        try await prism.endSession($1.session.reply.id, actor: "test"); _ = $0
                    }
                ),
                (
                    "b",
                    {
                        try await prism.setEnabled(false, $0, actor: "test"); _ = $1
                    }
                ),
                (
                    "c",
                    {
                        try await prism.removeAccount($0, actor: "test"); _ = $1
                    }
                ),
                (
                    "d",
                    {
                        try await prism.setPassword("another one", of: $0, actor: "t"); _ = $1
                    }
                ),
                (
                    "e",
                    {
                        _ = try await prism.endSessions(of: $0, actor: "test"); _ = $1
                    }
                ),
                (
                    "f",
                    {
                        try await prism.logOut($1.token); _ = $0
                    }
                ),
            ]
            for (text, end) in ends {
                let name = try await account(cluster, text)
                let opened = try await logIn(cluster, text)
                let before = try await prism.session(opened.token)
                #expect(before != nil)
                try await end(name, opened)
                let after = try await prism.session(opened.token)
                #expect(after == nil, "case \(text)")
            }
        }
    }

    @Test("open for others while somebody guesses at one of them")
    func guessing() async throws {
        try await TestCluster.with { cluster in
            _ = try await account(cluster)
            _ = try await account(cluster, "other")
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<300 {
                    group.addTask { _ = try? await logIn(cluster, "films", "wrong") }
                }
                group.addTask {
                    let opened = try? await cluster.prisms[1].logIn(
                        name: "other", password: Self.password, permanent: false,
                        address: "192.0.2.77")
                    #expect(opened != nil)
                }
            }
        }
    }

    @Test("take longer to open with every failure, and not for the owner's good")
    func brake() async throws {
        try await TestCluster.with { cluster in
            _ = try await account(cluster)
            var times: [Duration] = []
            for _ in 0..<4 {
                let start = ContinuousClock.now
                await #expect(throws: SFSError.self) { try await logIn(cluster, "films", "wrong") }
                times.append(.now - start)
            }
            #expect(times[3] > times[0] + .milliseconds(500))
            // Nobody is locked out.
            let opened = try await logIn(cluster, "films")
            #expect(opened.session.account.text == "films")
        }
    }
}

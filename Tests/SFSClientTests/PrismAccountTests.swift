import PrismStandIn
import SFSCore
import SFSWire
import Testing

@testable import SFSClient

@Suite("A prism's accounts, sessions and purchases over HTTP")
struct PrismAccountTests {
    private let hash: ContentHash
    private let name: AccountName

    init() throws {
        hash = try PrismStandIn.hash(Array("abc".utf8), .sha1)
        name = try AccountName(parsing: "films+x@example.com")
    }

    @Test("are made, listed, changed and removed")
    func accounts() async throws {
        try await TransferFixture.with { fixture in
            let prism = fixture.prism
            let order = AccountOrder(name: name, password: "long enough", roles: [.read])
            #expect(try await prism.createAccount(order).roles == [.read])
            let error = await #expect(throws: SFSError.self) {
                try await prism.createAccount(order)
            }
            #expect(error?.code == .conflict)
            #expect(try await prism.accounts().map(\.name) == [name])
            try await prism.setPassword(of: name, to: "quite another")
            #expect(fixture.standIn.accounts.passwords[name.text] == "quite another")
            try await prism.disableAccount(name)
            #expect(fixture.standIn.accounts.account(name.text)?.enabled == false)
            try await prism.enableAccount(name)
            #expect(fixture.standIn.accounts.account(name.text)?.enabled == true)
            try await prism.removeAccount(name)
            #expect(try await prism.accounts() == [])
            let gone = await #expect(throws: SFSError.self) {
                try await prism.removeAccount(name)
            }
            #expect(gone?.code == .notFound)
        }
    }

    @Test("open with name and password, and end by number or account")
    func sessions() async throws {
        try await TransferFixture.with { fixture in
            let prism = fixture.prism
            let account = try AccountName(parsing: "films")
            _ = try await prism.createAccount(AccountOrder(name: account, password: "secret"))
            let wrong = LoginOrder(name: "films", password: "wrong", permanent: true)
            let error = await #expect(throws: SFSError.self) { try await prism.login(wrong) }
            #expect(error?.code == .unauthenticated)
            for permanent in [true, false, true] {
                let order = LoginOrder(name: "films", password: "secret", permanent: permanent)
                let reply = try await prism.login(order)
                #expect(reply.session.permanent == permanent)
            }
            let ids = try await prism.sessions().map(\.id)
            #expect(ids == [2, 3, 4])
            try await prism.revokeSession(3)
            let gone = await #expect(throws: SFSError.self) { try await prism.revokeSession(3) }
            #expect(gone?.code == .notFound)
            #expect(try await prism.sessions(of: account).count == 2)
            #expect(try await prism.sessions(of: AccountName(parsing: "other")).count == 0)
            #expect(try await prism.revokeSessions(of: account) == 2)
            #expect(try await prism.sessions() == [])
        }
    }

    @Test("are logged in to without the token of before")
    func anonymousLogin() async throws {
        let seen = Seen<RawRequest>()
        let server = try RawServer { connection in
            while let request = connection.request() {
                seen.add(request)
                connection.reply(401)
            }
        }
        defer { server.stop() }
        try await withTransport(to: server.address, token: "old") { transport in
            let prism = PrismClient(transport)
            let order = LoginOrder(name: "a", password: "b", permanent: true)
            await #expect(throws: SFSError.self) { try await prism.login(order) }
            await #expect(throws: SFSError.self) { try await prism.accounts() }
        }
        #expect(seen.all.map { $0.headers["authorization"] } == [nil, "Bearer old"])
    }

    @Test("sell, list in pages, extend and revoke")
    func purchases() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.purchases)
            let order = PurchaseOrder(
                hash: hash, ext: "mp4", name: "film.mp4", referrer: ["example.com"],
                ip: ["192.0.2.0/24"], life: 7200)
            let sold = try await prism.purchase(order)
            #expect(book.orders == [order])
            #expect(sold.life == 7200 && sold.ip == "192.0.2.0/24")
            for _ in 0..<PurchaseBook.pageLength { try book.sell(PurchaseOrder(hash: hash)) }
            let first = try await prism.purchases(.hash(hash), limit: 1000)
            #expect(first.purchases.count == PurchaseBook.pageLength)
            let last = try await prism.purchases(.hash(hash), after: first.next, limit: 1000)
            #expect(first.purchases + last.purchases == book.purchases)
            #expect(last.next == nil)
            #expect(try await prism.purchases(.account("nobody")).purchases == [])
            #expect(try await prism.extendPurchases(.token(sold.token), life: 60) == 1)
            #expect(book.extensions.map(\.life) == [60])
            #expect(try await prism.knownPurchase(sold.token)?.hash == hash)
            #expect(try await prism.revokePurchases(.token(sold.token)) == 1)
            #expect(try await prism.knownPurchase(sold.token) == nil)
            #expect(try await prism.revokePurchases(.all) == 3)
            #expect(book.purchases == [])
        }
    }

    @Test("are not believed when a page leads back to itself")
    func endlessPages() async throws {
        let token = PurchaseToken.random(zone: "a", day: 1)
        let page = try JSON.encode(PurchaseList(purchases: [], next: token))
        let server = try RawServer { connection in
            while connection.request() != nil { connection.reply(200, [:], page) }
        }
        defer { server.stop() }
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) { transport in
                _ = try await PrismClient(transport).purchases(.all, after: token)
            }
        }
        #expect(error?.code == .protocol)
    }
}

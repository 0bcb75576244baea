import PrismStandIn
import SFSClient
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("Asking again and again")
struct PollTests {
    @Test("outlives a daemon that is away for a moment")
    func passing() async throws {
        let failures: [ErrorCode] = [.unavailable, .timeout, .busy]
        var asked = 0
        let value = try await Poll(output: Output()).until { () -> String? in
            asked += 1
            if asked <= failures.count { throw SFSError(failures[asked - 1], "away") }
            return asked == 6 ? "done" : nil
        }
        #expect(value == "done")
        #expect(asked == 6)
    }

    @Test(
        "ends at once with what will not pass", arguments: [ErrorCode.notFound, .denied, .internal])
    func lasting(code: ErrorCode) async {
        var asked = 0
        let error = await #expect(throws: SFSError.self) {
            try await Poll(output: Output()).until { () -> String? in
                asked += 1
                throw SFSError(code, "no")
            }
        }
        #expect(error?.code == code)
        #expect(asked == 1)
    }
}

@Suite("Work that waits for stores")
struct StuckTests {
    @Test("is doubted only when nothing has changed for a while, and then once")
    func doubt() async throws {
        try await withPrism { prism, _ in
            var patient = Stuck(prism)
            let early = [1, 1, 1].map { patient.isDoubtful([$0]) }
            #expect(early == [false, false, false])
            var hasty = Stuck(prism, patience: .zero)
            let late = [1, 1, 2].map { hasty.isDoubtful([$0]) }
            #expect(late == [false, true, false])
        }
    }

    @Test("is given up when none of its stores is well")
    func absence() async throws {
        try await withPrism { prism, standIn in
            let stuck = Stuck(prism)
            let names = try ["s1", "s2"].map { try MemberName(parsing: $0) }
            #expect(try await stuck.absent(of: Set(names)) == [])
            try standIn.members.change("s1") { $0.condition = .away }
            #expect(try await stuck.absent(of: Set(names)) == [])
            try standIn.members.change("s2") { $0.condition = .lost }
            #expect(try await stuck.absent(of: Set(names)) == names)
            #expect(try await stuck.absent(of: []) == [])
            let hash = try PrismStandIn.hash([1], .sha1)
            standIn.plans.keep(
                zip(names, [TaskState.waiting, .failed]).map { store, state in
                    TaskReply(
                        task: state == .failed ? 2 : 1, kind: .clone, state: state, hash: hash,
                        store: store, size: 1, bytesDone: 0, plan: 7, attempts: 0,
                        createdAt: Timestamp(milliseconds: 0), actor: "", reason: "")
                })
            #expect(try await stuck.stores(of: 7) == [names[0]])
        }
    }

    private func withPrism(
        _ body: (PrismClient, PrismStandIn) async throws -> Void
    ) async throws {
        let standIn = try PrismStandIn()
        defer { standIn.stop() }
        let transport = HTTPTransport(try HTTPAddress(parsing: standIn.address))
        do {
            try await body(PrismClient(transport), standIn)
            await transport.shutdown()
        } catch {
            await transport.shutdown()
            throw error
        }
    }
}

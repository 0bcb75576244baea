import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("A lease")
struct LeaseTests {
    @Test("is had by one at a time, and its fence rises with each new holder")
    func life() async throws {
        try await Samples.withStores { catalog, database in
            func take(_ holder: String) async throws -> Int64? {
                try await catalog.takeLease("repair", holder: holder, for: .seconds(60))
            }
            #expect(try await take("a") == 1)
            #expect(try await take("b") == nil)
            #expect(try await take("a") == 1)
            #expect(try await catalog.takeLease("other", holder: "b", for: .seconds(60)) == 1)
            try await database.query("UPDATE lease SET until_at = now() - interval '1 second'")
            #expect(try await take("b") == 2)
            #expect(try await take("a") == nil)
            // Another's is not given back.
            try await catalog.releaseLease("repair", holder: "a")
            #expect(try await take("a") == nil)
            try await catalog.releaseLease("repair", holder: "b")
            #expect(try await take("a") == 3)
        }
    }

    @Test("is had by one of many who want it at once")
    func crowd() async throws {
        try await Samples.withStores { catalog, database in
            for round in 1...20 {
                try await database.query("UPDATE lease SET until_at = now()")
                let fences = try await atOnce(8) { index in
                    try await catalog.takeLease("x", holder: "\(round)-\(index)", for: .seconds(9))
                }
                #expect(fences.compactMap(\.self) == [Int64(round)])
            }
        }
    }

    @Test("is not needed to say that the catalog is filled again")
    func rebuilding() async throws {
        try await Samples.withStores { catalog, _ in
            #expect(try await !catalog.isRebuilding())
            try await catalog.setRebuilding(true)
            #expect(try await catalog.isRebuilding())
            try await catalog.setRebuilding(false)
            #expect(try await !catalog.isRebuilding())
        }
    }
}

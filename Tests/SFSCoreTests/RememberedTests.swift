import SFSCore
import Synchronization
import Testing

@Suite("What was found out")
struct RememberedTests {
    /// Counts how often it was asked.
    private final class Source: Sendable {
        private let count = Mutex(0)

        var asked: Int { count.withLock { $0 } }

        func ask() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    @Test("is found out once for all who ask at the same time")
    func once() async throws {
        let source = Source()
        let remembered = Remembered(for: .seconds(3600)) {
            await Task.yield()
            return source.ask()
        }
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await remembered.value() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == [1])
        #expect(source.asked == 1)
    }

    @Test("is found out again when it is too old")
    func again() async throws {
        let source = Source()
        let remembered = Remembered(for: .zero) { source.ask() }
        #expect(try await remembered.value() == 1)
        #expect(try await remembered.value() == 2)
    }

    @Test("is not a failure: the next one tries anew")
    func failure() async throws {
        let source = Source()
        let remembered = Remembered(for: .seconds(3600)) {
            guard source.ask() > 1 else { throw SFSError(.unavailable, "not yet") }
            return true
        }
        let error = await #expect(throws: SFSError.self) { try await remembered.value() }
        #expect(error?.code == .unavailable)
        #expect(try await remembered.value())
    }
}

import SFSCore
import Testing

@Suite("A recent cache")
struct RecentCacheTests {
    @Test("keeps what is used, forgets what is not, and never more than its number")
    func bound() {
        let cache = RecentCache<Int, Int>(countMaximum: 100)
        cache.set(-1, 7)
        for number in 0..<10_000 {
            cache.set(number, number)
            #expect(cache[-1] == 7)
        }
        #expect((0..<10_000).count { cache[$0] != nil } <= 100)
        #expect(cache[9_999] == 9_999)
        #expect(cache[1] == nil)
    }

    @Test("changes and forgets")
    func changes() {
        let cache = RecentCache<String, Int>(countMaximum: 10)
        cache.update("a", default: 1) { $0 += 1 }
        cache.update("a", default: 1) { $0 += 1 }
        #expect(cache["a"] == 3)
        cache.set("a", nil)
        #expect(cache["a"] == nil)
    }
}

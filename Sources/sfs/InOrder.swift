/// Runs `work` on each of `items`, `width` at once, and hands the results to `use` in the order of
/// the items, each as soon as those before it are through.
///
/// - Throws: what `work` or `use` throw first; the rest is cancelled.
func forEachInOrder<Item: Sendable, Value: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async throws -> Value,
    use: (Value) throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (index: Int, value: Value).self) { group in
        var early: [Int: Value] = [:]
        var started = 0
        var used = 0
        while used < items.count {
            // A slow item must not make the others pile up behind it without end.
            while started < items.count, started - used < 4 * width,
                started - used - early.count < width
            {
                let (index, item) = (started, items[started])
                group.addTask { (index, try await work(item)) }
                started += 1
            }
            guard let (index, value) = try await group.next() else { return }
            early[index] = value
            while let value = early.removeValue(forKey: used) {
                try use(value)
                used += 1
            }
        }
    }
}

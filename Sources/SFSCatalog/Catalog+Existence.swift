package import SFSCore
import SFSPostgres

/// What a question whether a content is there is answered with.
package struct ContentExistence: Sendable, Hashable {
    /// Number of bytes.
    package var size: Int64
    /// The stores that hold a good replica, ascending.
    package var stores: [StoreNumber]

    package init(size: Int64, stores: [StoreNumber]) {
        self.size = size
        self.stores = stores
    }
}

extension Catalog {
    /// Size and stores of each of `hashes`, in their order; `nil` for those that the cluster does
    /// not hold.
    ///
    /// Contents on the same stores come in one row: a few rows instead of thousands.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func existence(of hashes: [ContentHash]) async throws -> [ContentExistence?] {
        guard hashes.count <= Self.contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(Self.contentsPerQuestionMaximum) at once")
        }
        let statement = """
              SELECT stores, array_agg(place) AS places, array_agg(size) AS sizes
                FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (asked_hash, place)
                JOIN content ON hash = asked_hash
            GROUP BY stores
            """
        let values: [PostgresValue] = [.bytesArray(hashes.map(\.bytes))]
        // Many take long, and would hold up the quick look-ups of others on a shared connection.
        let rows =
            hashes.count > Self.contentsSharedMaximum
            ? try await database.transaction { try await $0.query(statement, values) }
            : try await database.query(statement, values, retry: .idempotent)
        var found = [ContentExistence?](repeating: nil, count: hashes.count)
        for row in rows {
            let numbers: [Int16] = try row["stores"]
            let stores = numbers.map { StoreNumber($0) }
            let (places, sizes): ([Int64], [Int64]) = (try row["places"], try row["sizes"])
            for (place, size) in zip(places, sizes) {
                found[Int(place) - 1] = ContentExistence(size: size, stores: stores)
            }
        }
        return found
    }
}

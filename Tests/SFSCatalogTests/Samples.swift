import SFSCatalog
import SFSCore

/// Values that tests of the catalog start from.
enum Samples {
    /// A SHA-1 hash that begins with `number`.
    static func hash(_ number: Int) throws -> ContentHash {
        let head = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * (7 - $0))) }
        return try ContentHash(bytes: head + [UInt8](repeating: 7, count: 12))
    }

    static func content(
        _ hash: ContentHash, size: Int64 = 1000, generation: Int32 = 1, want: Int = 2,
        stores: [Int16]
    ) -> NewContent {
        NewContent(
            hash: hash, size: size,
            attributes: ContentAttributes(
                fileExtension: "mp4", mediaType: "video/mp4",
                created: Timestamp(milliseconds: 1_795_000_000_123), generation: generation),
            want: want, stores: numbers(stores))
    }

    static func numbers(_ values: [Int16]) -> [StoreNumber] { values.map { StoreNumber($0) } }

    static func store(_ name: String, volume: String? = nil) throws -> StoreRegistration {
        StoreRegistration(
            name: try MemberName(parsing: name), zone: try MemberName(parsing: "a"),
            host: try MemberName(parsing: "h1"), volume: volume ?? "volume-of-\(name)",
            url: "http://127.0.0.1:1", freeBytes: 10, totalBytes: 20)
    }
}

import SFSCore
import SFSHTTP

/// What only computes.
enum PureMeasurements {
    static func parse() throws {
        let hash = String(repeating: "0123456789", count: 4)
        try Measured.time("parse a hash") { _ = try ContentHash(parsing: hash) }
        let path = "/static/\(hash)/film.mp4"
        try Measured.time("parse the target of a request") {
            _ = try RequestTarget(parsing: path)
        }
        try Measured.time("parse a target with a query") {
            _ = try RequestTarget(parsing: path + "?attach=film.mp4&grant=abc").query()
        }
        Measured.time("parse a range") { _ = ByteRange(parsing: "1048576-2097151") }
    }

    static func place() throws {
        for count in [4, 64, 1000] {
            let stores = try (0..<count).map(store)
            try Measured.time("choose 2 of \(count) stores") {
                _ = try Placement.choose(2, size: 1 << 20, among: stores)
            }
        }
    }

    private static func store(_ number: Int) throws -> StoreFacts {
        let free = Int64(1 + number * 7919 % 1000) << 30
        return StoreFacts(
            number: StoreNumber(Int16(number + 1)),
            name: try MemberName(parsing: "store-\(number)"),
            zone: try MemberName(parsing: "zone-\(number % 3)"),
            host: try MemberName(parsing: "host-\(number / 3)"),
            roles: [.active, .online, .read, .write], freeBytes: free, totalBytes: 2000 << 30)
    }
}

import SFSCore
import SFSPostgres

extension PostgresValue {
    /// `bigint`, or NULL.
    static func optional(_ number: Int64?) -> PostgresValue { number.map { .int64($0) } ?? .null }

    /// `integer`, or NULL.
    static func optional(_ number: Int?) -> PostgresValue {
        number.map { .int32(Int32(clamping: $0)) } ?? .null
    }

    /// `bytea`, or NULL.
    static func optional(_ hash: ContentHash?) -> PostgresValue {
        hash.map { .bytes($0.bytes) } ?? .null
    }

    /// Seconds as `double precision`, to be multiplied with an interval.
    static func seconds(_ duration: Duration) -> PostgresValue { .double(duration / .seconds(1)) }
}

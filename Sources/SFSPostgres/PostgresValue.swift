package import SFSCore

/// A parameter or a column, with its type; travels in PostgreSQL's binary format.
package enum PostgresValue: Sendable, Hashable {
    /// SQL NULL; as a parameter its type is inferred by the server.
    case null
    case bool(Bool)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case text(String)
    /// `bytea`.
    case bytes([UInt8])
    /// `timestamptz`, cut to milliseconds.
    case timestamp(Timestamp)
    case int16Array([Int16])
    case int64Array([Int64])
    case textArray([String])
    /// `bytea[]`.
    case bytesArray([[UInt8]])

    /// A value, or NULL.
    package static func optional(_ text: String?) -> PostgresValue {
        text.map { .text($0) } ?? .null
    }
}

/// The types that are spoken, by the numbers that PostgreSQL's catalog has given them for ever.
enum PostgresType: UInt32 {
    case unspecified = 0
    case bool = 16
    case bytea = 17
    case name = 19
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case oid = 26
    case float8 = 701
    case byteaArray = 1001
    case int2Array = 1005
    case textArray = 1009
    case int8Array = 1016
    case bpchar = 1042
    case varchar = 1043
    case timestamptz = 1184
    case void = 2278
}

import SFSCore

/// Parameters of one statement in PostgreSQL's binary format, one after the other.
struct PostgresEncoder {
    /// The type of each parameter, 0 where the server is to infer it.
    private(set) var types: [UInt32] = []
    /// Where in `bytes` each parameter is; `nil` = NULL.
    private(set) var ranges: [Range<Int>?] = []
    private(set) var bytes: [UInt8] = []

    init(_ values: [PostgresValue]) {
        for value in values {
            types.append(Self.type(of: value).rawValue)
            let start = bytes.count
            let isNull = !append(value)
            ranges.append(isNull ? nil : start..<bytes.count)
        }
        // So that even an empty value has an address: without one it would be NULL.
        bytes.append(0)
    }

    static func type(of value: PostgresValue) -> PostgresType {
        switch value {
        case .null: .unspecified
        case .bool: .bool
        case .int16: .int2
        case .int32: .int4
        case .int64: .int8
        case .double: .float8
        case .text: .text
        case .bytes: .bytea
        case .timestamp: .timestamptz
        case .int16Array: .int2Array
        case .int64Array: .int8Array
        case .textArray: .textArray
        case .bytesArray: .byteaArray
        }
    }

    /// Appends `value`; `false` for NULL, which has no bytes.
    private mutating func append(_ value: PostgresValue) -> Bool {
        switch value {
        case .null: return false
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .int16(let value): append(value)
        case .int32(let value): append(value)
        case .int64(let value): append(value)
        case .double(let value): append(value.bitPattern)
        case .text(let value): bytes.append(contentsOf: value.utf8)
        case .bytes(let value): bytes.append(contentsOf: value)
        case .timestamp(let value): append(PostgresEpoch.microseconds(of: value))
        case .int16Array(let values):
            appendArray(of: .int2, values) {
                $0.append(Int32(2)); $0.append($1)
            }
        case .int64Array(let values):
            appendArray(of: .int8, values) {
                $0.append(Int32(8)); $0.append($1)
            }
        case .textArray(let values):
            appendArray(of: .text, values) {
                $0.append(Int32($1.utf8.count))
                $0.bytes.append(contentsOf: $1.utf8)
            }
        case .bytesArray(let values):
            appendArray(of: .bytea, values) {
                $0.append(Int32($1.count))
                $0.bytes.append(contentsOf: $1)
            }
        }
        return true
    }

    /// Dimensions, "has NULLs", element type; length and lower bound of the one dimension; elements.
    private mutating func appendArray<Element>(
        of type: PostgresType, _ values: [Element],
        _ appendElement: (inout PostgresEncoder, Element) -> Void
    ) {
        append(Int32(values.isEmpty ? 0 : 1))
        append(Int32(0))
        append(type.rawValue)
        guard !values.isEmpty else { return }
        append(Int32(values.count))
        append(Int32(1))
        for value in values { appendElement(&self, value) }
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}

/// PostgreSQL counts time in microseconds since 2000.
enum PostgresEpoch {
    private static let millisecondsSince1970: Int64 = 946_684_800_000

    static func microseconds(of time: Timestamp) -> Int64 {
        (time.milliseconds - millisecondsSince1970) * 1000
    }

    static func timestamp(microseconds: Int64) -> Timestamp {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
        let floored = remainder < 0 ? quotient - 1 : quotient
        return Timestamp(milliseconds: floored + millisecondsSince1970)
    }
}

import SFSCore

/// Reads one column's value in PostgreSQL's binary format.
struct PostgresDecoder {
    private let bytes: [UInt8]
    private var offset = 0

    /// The value that `bytes` are, given the number of its type.
    ///
    /// - Throws: `SFSError` with code `.internal` for a type that is not spoken: cast it in the
    ///   statement.
    static func value(_ bytes: [UInt8], type: UInt32) throws(SFSError) -> PostgresValue {
        guard let type = PostgresType(rawValue: type) else {
            throw SFSError(.internal, "a column has the unknown type \(type)")
        }
        var decoder = PostgresDecoder(bytes: bytes)
        switch type {
        case .bool: return .bool(try decoder.integer() as Int8 != 0)
        case .int2: return .int16(try decoder.integer())
        case .int4: return .int32(try decoder.integer())
        case .int8: return .int64(try decoder.integer())
        case .oid: return .int64(Int64(try decoder.integer() as UInt32))
        case .float8: return .double(Double(bitPattern: try decoder.integer()))
        case .timestamptz:
            return .timestamp(PostgresEpoch.timestamp(microseconds: try decoder.integer()))
        case .text, .varchar, .bpchar, .name: return .text(String(decoding: bytes, as: UTF8.self))
        case .bytea: return .bytes(bytes)
        case .int2Array:
            return .int16Array(
                try decoder.array { (next, _) throws(SFSError) in try next.integer() })
        case .int8Array:
            return .int64Array(
                try decoder.array { (next, _) throws(SFSError) in try next.integer() })
        case .textArray:
            return .textArray(
                try decoder.array { (next, count) throws(SFSError) in
                    String(decoding: try next.take(count), as: UTF8.self)
                })
        case .byteaArray:
            return .bytesArray(
                try decoder.array { (next, count) throws(SFSError) in Array(try next.take(count)) })
        case .void: return .null
        case .unspecified: throw Self.malformed
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let malformed = SFSError(.internal, "a column is not what its type says")

    private mutating func take(_ count: Int) throws(SFSError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - offset else { throw Self.malformed }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    private mutating func integer<Number: FixedWidthInteger & BitwiseCopyable>()
        throws(SFSError) -> Number
    {
        guard bytes.count - offset >= MemoryLayout<Number>.size else { throw Self.malformed }
        defer { offset += MemoryLayout<Number>.size }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
        }
    }

    /// The elements of an array of one dimension without NULLs; `element` gets each one's length.
    private mutating func array<Element>(
        _ element: (inout PostgresDecoder, Int) throws(SFSError) -> Element
    ) throws(SFSError) -> [Element] {
        let dimensions: Int32 = try integer()
        let hasNulls: Int32 = try integer()
        _ = try take(4)  // the element's type, known from the array's
        guard dimensions > 0 else { return [] }
        guard dimensions == 1, hasNulls == 0 else { throw Self.malformed }
        let count: Int32 = try integer()
        _ = try take(4)  // the lower bound
        guard count >= 0, Int(count) <= bytes.count / 4 else { throw Self.malformed }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            let length: Int32 = try integer()
            elements.append(try element(&self, Int(length)))
        }
        return elements
    }
}

package import SFSCore

/// One row of an answer; columns are read by name or position, as the type that is asked for.
package struct PostgresRow: Sendable {
    /// Shared by all rows of one answer.
    let names: [String]
    let values: [PostgresValue]

    /// The column called `name`.
    ///
    /// - Throws: `SFSError` with code `.internal` when there is none, or it is of another type, or
    ///   NULL and `Value` is not optional.
    package subscript<Value: PostgresReadable>(name: String) -> Value {
        get throws(SFSError) {
            guard let index = names.firstIndex(of: name) else {
                throw SFSError(.internal, "the answer has no column '\(name)'")
            }
            return try self[index]
        }
    }

    /// The column at `index`, counted from 0; throws like access by name.
    package subscript<Value: PostgresReadable>(index: Int) -> Value {
        get throws(SFSError) {
            guard values.indices.contains(index) else {
                throw SFSError(.internal, "the answer has no column \(index)")
            }
            guard let value = Value(values[index]) else {
                throw SFSError(.internal, "column '\(names[index])' is not a \(Value.self)")
            }
            return value
        }
    }
}

/// What a column can be read as.
package protocol PostgresReadable {
    /// `nil` when `value` is of another type; integers are widened, never cut.
    init?(_ value: PostgresValue)
}

extension Optional: PostgresReadable where Wrapped: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard value != .null else {
            self = .none
            return
        }
        guard let wrapped = Wrapped(value) else { return nil }
        self = .some(wrapped)
    }
}

extension Bool: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard case .bool(let flag) = value else { return nil }
        self = flag
    }
}

extension Int16: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard case .int16(let number) = value else { return nil }
        self = number
    }
}

extension Int32: PostgresReadable {
    package init?(_ value: PostgresValue) {
        switch value {
        case .int16(let number): self = Int32(number)
        case .int32(let number): self = number
        default: return nil
        }
    }
}

extension Int64: PostgresReadable {
    package init?(_ value: PostgresValue) {
        switch value {
        case .int16(let number): self = Int64(number)
        case .int32(let number): self = Int64(number)
        case .int64(let number): self = number
        default: return nil
        }
    }
}

extension Int: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard let number = Int64(value) else { return nil }
        self = Int(number)
    }
}

extension Double: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard case .double(let number) = value else { return nil }
        self = number
    }
}

extension String: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
}

extension Timestamp: PostgresReadable {
    package init?(_ value: PostgresValue) {
        guard case .timestamp(let time) = value else { return nil }
        self = time
    }
}

extension Array: PostgresReadable {
    /// Reads `bytea` and arrays of `smallint`, `bigint`, `text` and `bytea`.
    package init?(_ value: PostgresValue) {
        let elements: Any
        switch value {
        case .bytes(let bytes): elements = bytes
        case .int16Array(let numbers): elements = numbers
        case .int64Array(let numbers): elements = numbers
        case .textArray(let texts): elements = texts
        case .bytesArray(let values): elements = values
        default: return nil
        }
        guard let elements = elements as? [Element] else { return nil }
        self = elements
    }
}

import Foundation

/// A JSON value, to write requests and to look into replies.
enum JSONTree: Sendable, Hashable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    /// A field of an object; `nil` when it is not there.
    subscript(_ name: String) -> JSONTree? {
        if case .object(let fields) = self { fields[name] } else { nil }
    }

    var string: String? { if case .text(let text) = self { text } else { nil } }
    var double: Double? { if case .number(let number) = self { number } else { nil } }
    var int: Int? { double.flatMap { Int(exactly: $0) } }
    var bool: Bool? { if case .truth(let truth) = self { truth } else { nil } }
    var array: [JSONTree]? { if case .list(let list) = self { list } else { nil } }
    var fields: [String: JSONTree]? { if case .object(let fields) = self { fields } else { nil } }
    var names: Set<String> { Set((fields ?? [:]).keys) }

    /// As it is sent.
    var bytes: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }
}

extension JSONTree: Codable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let truth = try? value.decode(Bool.self) {  // each kind is tried in turn
            self = .truth(truth)
        } else if let number = try? value.decode(Double.self) {  // likewise
            self = .number(number)
        } else if let text = try? value.decode(String.self) {  // likewise
            self = .text(text)
        } else if let list = try? value.decode([JSONTree].self) {  // likewise
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .truth(let truth): try value.encode(truth)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let fields): try value.encode(fields)
        }
    }
}

// Not by `nil`, which would be mistaken for that of an optional.
extension JSONTree: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(booleanLiteral truth: Bool) { self = .truth(truth) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(floatLiteral number: Double) { self = .number(number) }
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral elements: JSONTree...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

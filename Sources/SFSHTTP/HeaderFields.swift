import NIOHTTP1

/// The header fields of a request or response: in order, names without regard to case.
package struct HeaderFields: Sendable, Equatable {
    /// The fields as NIO keeps them, so that a request's need not be copied.
    private(set) var fields: HTTPHeaders

    /// No fields.
    package init() {
        fields = HTTPHeaders()
    }

    /// What NIO parsed.
    init(_ fields: HTTPHeaders) {
        self.fields = fields
    }

    /// The value of the first field called `name`.
    package func first(_ name: String) -> String? { fields.first(name: name) }

    /// The values of all fields called `name`, in order.
    package func all(_ name: String) -> [String] { fields[name] }

    /// Whether there is a field called `name`.
    package func contains(_ name: String) -> Bool { fields.contains(name: name) }

    /// Adds a field after the others.
    package mutating func add(_ name: String, _ value: String) {
        fields.add(name: name, value: value)
    }

    /// Makes `value` the only one called `name`.
    package mutating func replace(_ name: String, with value: String) {
        fields.replaceOrAdd(name: name, value: value)
    }

    /// Takes all fields called `name` away.
    package mutating func remove(_ name: String) {
        fields.remove(name: name)
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// The fields in the order in which they are written.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = HTTPHeaders(elements)
    }
}

extension HeaderFields: Sequence {
    /// The fields in order.
    package func makeIterator() -> AnyIterator<(name: String, value: String)> {
        AnyIterator(fields.makeIterator())
    }
}

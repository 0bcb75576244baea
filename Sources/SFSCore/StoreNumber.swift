/// The small number by which the catalog's `content.stores` names a store; given once, never reused.
package struct StoreNumber: Sendable, Hashable, Comparable, Codable {
    /// 1 or more.
    package let value: Int16

    package init(_ value: Int16) {
        self.value = value
    }

    package static func < (left: StoreNumber, right: StoreNumber) -> Bool {
        left.value < right.value
    }
}

extension StoreNumber: CustomStringConvertible {
    package var description: String { "\(value)" }
}

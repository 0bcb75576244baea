/// Comparing secrets.
package enum ConstantTime {
    /// Whether two texts of bytes are the same, in a time that does not tell where they differ.
    ///
    /// Their lengths are no secret.
    package static func areEqual(
        _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
    ) -> Bool {
        // Arrays, so that the loop is over plain memory whatever was given.
        let (left, right) = (Array(left), Array(right))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}

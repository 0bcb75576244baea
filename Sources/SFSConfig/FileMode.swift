package import SFSCore

/// Permission bits of a file: read, write and execute for owner, group and others.
package struct FileMode: Sendable, Hashable {
    /// 0 to 0777 (octal).
    package let bits: UInt16

    /// Takes the nine permission bits; others are dropped.
    package init(_ bits: UInt16) {
        self.bits = bits & 0o777
    }

    /// Parses three or four octal digits: `660` or `0660`.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        guard (3...4).contains(text.utf8.count), let bits = UInt16(text, radix: 8), bits <= 0o777
        else { throw SFSError(.usage, "'\(text)' is not a mode like 0660") }
        self.bits = bits
    }
}

extension FileMode: CustomStringConvertible {
    /// Four octal digits.
    package var description: String {
        let digits = String(bits, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

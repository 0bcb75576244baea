import Glibc
package import SFSCore

extension MemberName {
    /// The name of this machine as a host; `nil` when nothing of it may be in a name.
    package static func ofThisHost() -> MemberName? {
        var buffer = [CChar](repeating: 0, count: 256)
        // The last byte stays 0, so that a name which was cut short still ends.
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return MemberName(nearestTo: String(decoding: bytes, as: UTF8.self))
    }

    /// `text` up to its first dot, in lower case, with `-` for what a name may not have.
    init?(nearestTo text: String) {
        let letters = text.lowercased().prefix { $0 != "." }.map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let name = letters.drop { $0 == "-" }.prefix(63).reversed().drop { $0 == "-" }.reversed()
        do {
            try self.init(parsing: String(name))
        } catch {
            return nil
        }
    }
}

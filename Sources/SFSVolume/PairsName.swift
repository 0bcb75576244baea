/// The name of a file in the layout `pairs`: two hex digits, and perhaps an extension.
struct PairsName {
    /// What the two digits stand for: the last byte of a hash.
    let byte: UInt8
    /// Whether a dot and an extension of letters, digits and `_` follow.
    let hasExtension: Bool

    /// `nil` when `name` is anything else.
    init?(_ name: UnsafeRawBufferPointer) {
        guard name.count >= 2, let byte = HexText.byte(name[0], name[1]) else { return nil }
        if name.count > 2 {
            guard name.count > 3, name[2] == UInt8(ascii: "."),
                name[3...].allSatisfy(Self.isWordCharacter)
            else { return nil }
        }
        self.byte = byte
        hasExtension = name.count > 2
    }

    /// The same for a name of the form that `FilePath` gives.
    init?(_ name: String) {
        var name = name
        guard let parsed = name.withUTF8({ Self(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = parsed
    }

    /// By bytes: the same order wherever two names are compared.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

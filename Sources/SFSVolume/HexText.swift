import SFSCore
import SystemPackage

/// Hashes and single bytes in the only form that names files: lower-case hex.
enum HexText {
    /// The byte of two digits; `nil` when they are anything else.
    static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = value(high), let low = value(low) else { return nil }
        return high << 4 | low
    }

    /// The 256 names of two digits, as folders have them.
    static let names = (0..<256).map { number in
        FilePath((number < 16 ? "0" : "") + String(number, radix: 16))
    }

    /// The name of two digits that stands for `byte`.
    static func name(of byte: UInt8) -> FilePath { names[Int(byte)] }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension ContentHash {
    /// The hash whose lower-case hex `name` is, and no more; `nil` when it is none.
    init?(name: UnsafeRawBufferPointer) {
        guard name.count.isMultiple(of: 2),
            HashAlgorithm(digestLength: name.count / 2) != nil
        else { return nil }
        var isHex = true
        let bytes = [UInt8](unsafeUninitializedCapacity: name.count / 2) { digest, count in
            for index in 0..<name.count / 2 {
                let byte = HexText.byte(name[2 * index], name[2 * index + 1])
                if byte == nil { isHex = false }
                digest[index] = byte ?? 0
            }
            count = name.count / 2
        }
        // Its length is that of a digest, so it is a hash.
        guard isHex, let hash = try? ContentHash(bytes: bytes) else { return nil }
        self = hash
    }
}

/// Tells formats whose mark is too short to be trusted alone, by the head that follows it.
enum HeaderSignature {
    /// The media type of a content that starts with `prefix`; `nil` when it is none of these.
    static func mediaType(_ prefix: [UInt8]) -> String? {
        if isBitmap(prefix) { return "image/bmp" }
        if isIcon(prefix) { return "image/x-icon" }
        if isBzip(prefix) { return "application/x-bzip2" }
        if isWindowsProgram(prefix) { return "application/x-msdownload" }
        return isFlash(prefix) ? "application/x-shockwave-flash" : nil
    }

    /// `BM`, four reserved bytes of zero, and one of the known lengths of the second head.
    private static func isBitmap(_ prefix: [UInt8]) -> Bool {
        guard prefix.has("BM", at: 0), let head = prefix.littleEndian(at: 14, size: 4) else {
            return false
        }
        return prefix.littleEndian(at: 6, size: 4) == 0
            && [12, 40, 52, 56, 64, 108, 124].contains(head)
    }

    /// A count of pictures, and for the first one: a reserved zero, planes, and where it begins.
    private static func isIcon(_ prefix: [UInt8]) -> Bool {
        guard prefix.starts(with: [0, 0, 1, 0]), let count = prefix.littleEndian(at: 4, size: 2),
            let planes = prefix.littleEndian(at: 10, size: 2),
            let start = prefix.littleEndian(at: 18, size: 4)
        else { return false }
        return (1...256).contains(count) && prefix[9] == 0 && planes <= 1
            && start >= 6 + 16 * count
    }

    /// `BZh`, the size of its blocks, and pi or the root of it, at the first or at the last block.
    private static func isBzip(_ prefix: [UInt8]) -> Bool {
        guard prefix.has("BZh", at: 0), prefix.count >= 10 else { return false }
        let marks: [[UInt8]] = [
            [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
        ]
        return (0x31...0x39).contains(prefix[3]) && marks.contains(Array(prefix[4..<10]))
    }

    /// `MZ`, and at the offset that its head gives the mark of a portable executable.
    private static func isWindowsProgram(_ prefix: [UInt8]) -> Bool {
        guard prefix.has("MZ", at: 0), let start = prefix.littleEndian(at: 0x3C, size: 4) else {
            return false
        }
        return prefix.has("PE\0\0", at: start)
    }

    /// `FWS`, or compressed `CWS` and `ZWS`; then a version, which is no printable character.
    private static func isFlash(_ prefix: [UInt8]) -> Bool {
        guard prefix.count >= 8, ["FWS", "CWS", "ZWS"].contains(where: { prefix.has($0, at: 0) })
        else { return false }
        return (1..<0x20).contains(prefix[3])
    }
}

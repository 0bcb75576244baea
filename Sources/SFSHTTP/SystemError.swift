import Glibc

/// The kernel's error numbers in words.
enum SystemError {
    /// For example `address already in use`.
    static func text(_ number: CInt) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

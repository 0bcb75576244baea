import Glibc

/// What the program was called with.
///
/// Read from `/proc/self/cmdline` and not from `CommandLine.arguments`, which is empty under
/// libfaketime and loses bytes that are not UTF-8. A file name may have any bytes, so each argument
/// is `RawText`: a `String` from which the very bytes can be had again.
package enum Arguments {
    /// The arguments after the program's name.
    package static func all() -> [String] {
        guard let bytes = read("/proc/self/cmdline"), !bytes.isEmpty else {
            return Array(CommandLine.arguments.dropFirst())
        }
        // Each argument is followed by a NUL; so is the last, which leaves an empty rest.
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
        return parts.dropFirst().map { RawText.string(from: $0) }
    }

    /// The whole file; `nil` when it cannot be read, as where `/proc` is not mounted.
    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}

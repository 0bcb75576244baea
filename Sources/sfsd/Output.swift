import Glibc

/// The only place that writes to the standard streams, each text with one write(2) where the
/// kernel lets it, so that lines of several threads stay whole.
enum Output {
    /// Writes results.
    static func standardOutput(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Writes everything that is not a result.
    static func standardError(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A daemon whose log has gone away goes on without it.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

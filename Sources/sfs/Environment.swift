import Glibc

/// The environment of the process.
enum Environment {
    /// The value of the variable `name`; an empty one counts as not set.
    static func value(of name: String) -> String? {
        guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else {
            return nil
        }
        return text
    }
}

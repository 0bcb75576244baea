import Glibc

/// The environment variables that a configuration may look at.
package struct Environment: Sendable {
    private let lookup: @Sendable (String) -> String?

    /// A fixed environment, for tests and for a daemon that must not depend on its shell.
    package init(_ variables: [String: String] = [:]) {
        lookup = { variables[$0] }
    }

    private init(lookup: @escaping @Sendable (String) -> String?) {
        self.lookup = lookup
    }

    /// That of this process, as it is when it is asked.
    package static let process = Environment { name in
        getenv(name).map { String(cString: $0) }
    }

    /// The value of `name`; `nil` when it is unset or empty, since an empty variable is how a shell
    /// script says "none".
    package subscript(name: String) -> String? {
        lookup(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The variable that overrides the setting at `keyPath`: `catalog.lockTimeout` is overridden by
    /// `SFS_CATALOG_LOCK_TIMEOUT`, `log.debug` by the short `SFS_DEBUG`.
    package static func variable(overriding keyPath: String) -> String {
        if keyPath == "log.debug" { return "SFS_DEBUG" }
        var name = "SFS_"
        var previous: Character = "."
        for character in keyPath {
            if character.isUppercase, previous.isLowercase { name += "_" }
            name += character == "." ? "_" : character.uppercased()
            previous = character
        }
        return name
    }
}

import FoundationEssentials
import SFSCore
import SFSHTTP

/// A name and a password that HTTP Basic may show to this node.
package struct Credentials: Sendable, Hashable {
    package let name: String
    package let password: String

    package init(name: String, password: String) {
        self.name = name
        self.password = password
    }

    /// What a request shows; `nil` when it shows nothing of the kind (RFC 7617).
    init?(_ request: HTTPRequest) {
        guard let shown = request.authorization("Basic"), let bytes = Data(base64Encoded: shown),
            let text = String(validating: bytes, as: UTF8.self),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        name = String(text[..<colon])
        password = String(text[text.index(after: colon)...])
    }

    /// Compares in a time that does not tell where they differ.
    func isEqual(_ other: Credentials) -> Bool {
        let names = ConstantTime.areEqual(name.utf8, other.name.utf8)
        let passwords = ConstantTime.areEqual(password.utf8, other.password.utf8)
        return names && passwords
    }
}

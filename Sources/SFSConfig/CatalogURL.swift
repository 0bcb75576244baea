/// What is secret in the URL of a catalog.
package enum CatalogURL {
    /// `url` with `***` where it has a password, be it before the `@` or as the parameter
    /// `password`; fit for logs.
    package static func withoutPassword(_ url: String) -> String {
        var text = url
        if let scheme = text.firstRange(of: "://") {
            let rest = text[scheme.upperBound...]
            let authority = rest.prefix { $0 != "/" && $0 != "?" }
            if let at = authority.lastIndex(of: "@"),
                let colon = authority[..<at].firstIndex(of: ":")
            {
                text.replaceSubrange(text.index(after: colon)..<at, with: "***")
            }
        }
        if let parameter = text.firstRange(of: "password=") {
            let value = text[parameter.upperBound...].prefix { $0 != "&" }
            text.replaceSubrange(value.startIndex..<value.endIndex, with: "***")
        }
        return text
    }
}

/// A field's value that has parameters, for example `form-data; name="file"; filename="a.txt"`.
struct ParameterizedValue {
    /// What stands before the first semicolon, in lower case.
    let value: String
    /// By name in lower case; of equal names the first.
    private var parameters: [String: String] = [:]

    /// Parses `text`; `nil` for a parameter without a value and for a quote that is not closed.
    ///
    /// Of a quoted value only `\"` and `\\` are escapes: some clients send paths with backslashes.
    init?(parsing text: String) {
        var rest = text.unicodeScalars[...]
        value = Self.takeText(&rest, until: ";").lowercased()
        while rest.popFirst() != nil {
            let name = Self.takeText(&rest, until: "=;").lowercased()
            if name.isEmpty, rest.first != "=" { continue }
            guard rest.popFirst() == "=", let value = Self.takeValue(&rest) else { return nil }
            if parameters[name] == nil { parameters[name] = value }
        }
    }

    /// The value of the parameter `name`, which is in lower case.
    subscript(name: String) -> String? { parameters[name] }

    private static func takeValue(_ rest: inout Substring.UnicodeScalarView) -> String? {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == "\"" else { return takeText(&rest, until: ";") }
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == "\"" {
                return takeText(&rest, until: ";").isEmpty ? String(value) : nil
            }
            if scalar == "\\", let next = rest.first, next == "\"" || next == "\\" {
                rest.removeFirst()
                value.append(next)
            } else {
                value.append(scalar)
            }
        }
        return nil
    }

    private static func takeText(
        _ rest: inout Substring.UnicodeScalarView, until ends: String
    ) -> String {
        let text = rest.prefix { !ends.unicodeScalars.contains($0) }
        rest = rest[text.endIndex...]
        return String(text).trimmingBlanks
    }
}

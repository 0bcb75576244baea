import Foundation

/// A body of `multipart/form-data`.
struct Form {
    private static let boundary = "----conformance-7d3f"

    private var parts: [UInt8] = []

    static var contentType: (String, String) {
        ("Content-Type", "multipart/form-data; boundary=\(boundary)")
    }

    /// Adds a text field.
    func text(_ name: String, _ value: String) -> Form {
        part("Content-Disposition: form-data; name=\"\(name)\"\r\n", Array(value.utf8))
    }

    /// Adds a file.
    func file(
        _ name: String, _ fileName: String, _ bytes: [UInt8], type: String? = nil
    ) -> Form {
        let line = type.map { "Content-Type: \($0)\r\n" } ?? ""
        return part(
            "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n\(line)",
            bytes)
    }

    /// Adds a part with these header lines, each with its end.
    func part(_ head: String, _ bytes: [UInt8]) -> Form {
        var form = self
        form.parts += Array("--\(Self.boundary)\r\n\(head)\r\n".utf8) + bytes + [13, 10]
        return form
    }

    /// The whole body.
    var bytes: [UInt8] { parts + Array("--\(Self.boundary)--\r\n".utf8) }
}

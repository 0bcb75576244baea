/// Media types of contents: what a file's name, its first bytes and its sender say that it is.
package enum MediaType {
    /// What bytes are called when nothing is known of them.
    package static let unknown = "application/octet-stream"

    /// The extension of `unknown`.
    package static let unknownExtension = "bin"

    /// The media type for `fileExtension`, in any case; `unknown` when it is not in the table.
    package static func forExtension(_ fileExtension: String) -> String {
        MediaTypeTable.standard.typeByExtension[fileExtension.lowercased()] ?? unknown
    }

    /// The extension that StretchFS has always given to contents of `mediaType`, without its dot.
    ///
    /// It is the first one of npm's table, which need not be the usual one: `jpeg`, `mpga`, `qt`.
    /// Clients build URLs with it. `""` for a type that is not in the table.
    package static func fileExtension(for mediaType: String) -> String {
        MediaTypeTable.standard.extensionByType[mediaType.lowercased()] ?? ""
    }

    /// The extension of a file name, without its dot and in lower case; `""` when it has none or
    /// one that may not be kept.
    package static func fileExtension(ofName name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        let text = name[name.index(after: dot)...].lowercased()
        return ContentAttributes.isExtension(text) ? text : ""
    }

    /// The media type that a client wrote, without parameters and in lower case.
    ///
    /// `nil` when it may not be kept; see `ContentAttributes.isMediaType(_:)`.
    package static func parse(stated: String) -> String? {
        let essence = stated.prefix { $0 != ";" }.drop { $0 == " " || $0 == "\t" }
        let end = essence.lastIndex { $0 != " " && $0 != "\t" }
        guard let end else { return nil }
        let mediaType = essence[...end].lowercased()
        return ContentAttributes.isMediaType(mediaType) ? mediaType : nil
    }

    /// `mediaType` as a `Content-Type` says it: with `; charset=utf-8` where it is text.
    ///
    /// Text is `text/*`, JavaScript, JSON and everything made of XML. A type that has parameters
    /// already stays as it is.
    package static func withCharset(_ mediaType: String) -> String {
        let isText =
            mediaType.hasPrefix("text/") || mediaType.hasSuffix("+xml")
            || ["application/javascript", "application/json", "application/xml"].contains(mediaType)
        return isText && !mediaType.contains(";") ? "\(mediaType); charset=utf-8" : mediaType
    }
}

import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// POST `/content/upload`: any number of files in a form (protocol.md 2.2.1).
struct UploadRoute: Sendable {
    /// Bytes of one text field, and of all of them.
    private static let textMaximum = 64 << 10
    private static let textsMaximum = 1 << 20

    let prism: Prism

    var routes: [Route] {
        [Route("POST", "/content/upload", .role(.create), .content) { try await upload($0) }]
    }

    private func upload(_ call: RouteCall) async throws -> HTTPResponse {
        let form = try MultipartReader(
            try call.upload(upTo: prism.settings.uploadBytesMaximum),
            contentType: call.request.headers.first("Content-Type"))
        var algorithm = HashAlgorithm.standard
        var data: [String: JSONValue] = [:]
        var files: [String: JSONValue] = [:]
        var textBytes = 0
        while let part = try await form.next() {
            if part.fileName != nil {
                // The last of several under one name is shown; all of them are kept.
                files[part.name] = try await take(part, algorithm)
                continue
            }
            let text = try await part.text(upTo: Self.textMaximum)
            textBytes += text.utf8.count + part.name.utf8.count
            guard textBytes <= Self.textsMaximum else {
                throw SFSError(.tooLarge, "the text fields of the form are too large")
            }
            data[part.name] = .string(text)
            guard part.name == "hashType" else { continue }
            let asked = try Self.algorithm(text)
            // Files that came before it are named already.
            guard files.isEmpty || asked == algorithm else {
                throw SFSError(.usage, "'hashType' must stand before the files")
            }
            algorithm = asked
        }
        guard !files.isEmpty else { throw SFSError(.usage, "the form has no file in it") }
        data["hashType"] = .string(algorithm.rawValue)
        return .value([
            "success": "File(s) uploaded", "data": .object(data), "files": .object(files),
        ])
    }

    private func take(_ part: MultipartReader.Part, _ algorithm: HashAlgorithm) async throws
        -> JSONValue
    {
        let (content, type) = try await prism.upload(
            UploadedFile(
                name: part.fileName, statedType: part.contentType, algorithm: algorithm,
                body: part.body))
        return [
            "key": .string(part.name), "name": .string(part.fileName ?? ""),
            // There is no such file; clients of the original see the field.
            "tmpfile": "", "encoding": .string(part.transferEncoding ?? "7bit"),
            "type": [
                "user": part.contentType.map { .string($0) } ?? nil,
                "extension": type.byName.map { .string($0) } ?? nil,
                "stream": type.byContent.map { .string($0) } ?? nil,
            ],
            "hash": .string(content.hash.hex), "hashType": .string(algorithm.rawValue),
            algorithm.rawValue: .string(content.hash.hex),
            "mimetype": .string(type.mediaType), "ext": .string(type.fileExtension),
            "size": .integer(content.size), "copies": .integer(Int64(content.copies)),
        ]
    }

    /// The algorithm that a client names.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    static func algorithm(_ name: String) throws(SFSError) -> HashAlgorithm {
        guard let algorithm = HashAlgorithm(rawValue: name.lowercased()) else {
            throw SFSError(.usage, "'\(name.prefix(40))' is not a type of hash")
        }
        return algorithm
    }
}

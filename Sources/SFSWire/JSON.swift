import FoundationEssentials
package import SFSCore

/// JSON bodies, coded one way everywhere: sorted keys, slashes unescaped.
package enum JSON {
    /// The bytes of `value` as compact JSON.
    ///
    /// - Throws: `SFSError` with code `.internal`, which would be a bug.
    package static func encode(_ value: some Encodable) throws(SFSError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value))
        } catch {
            throw SFSError(.internal, "internal error", cause: error)
        }
    }

    /// The value in `bytes`, which a stranger sent.
    ///
    /// The decoder of the library takes more than JSON, and of a name that is there twice one value
    /// or the other: this refuses both.
    ///
    /// - Throws: `SFSError` as `decode(_:from:)`; `.tooLarge` for too many values.
    package static func decodeStrictly<Value: Decodable>(
        _ type: Value.Type, from bytes: some Sequence<UInt8>
    ) throws(SFSError) -> Value {
        var parser = JSONParser(bytes, repeats: .refused)
        _ = try parser.parse()
        return try decode(type, from: bytes)
    }

    /// The value in `bytes`.
    ///
    /// - Throws: `SFSError`: that of a value which refused its text, else with code `.protocol`.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: some Sequence<UInt8>
    ) throws(SFSError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as SFSError {
            throw error
        } catch {
            throw SFSError(
                .protocol, "the body is not the JSON that is expected here", cause: error)
        }
    }
}

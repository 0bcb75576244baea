/// Bytes that must never be printed: a key or a token.
///
/// It hides from interpolation, `dump` and reflection, so that a log line with a configuration in
/// it gives nothing away.
package struct Secret: Sendable, Hashable {
    /// The bytes themselves; for a comparison or a MAC, never for a message.
    package let bytes: [UInt8]

    /// Wraps `bytes`, whatever they are.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

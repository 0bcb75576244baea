package import SFSCore
import SFSFiles
import SystemPackage

extension OpenReplica {
    /// What can be told of a file that has lost its attributes, or came from another system: the
    /// extension by its name, the media type by that or by its first bytes, and that it was made
    /// when its bytes were last changed.
    package func derivedAttributes(generation: Int32) throws(SFSError) -> ContentAttributes {
        let nameExtension = file.path.extension ?? ""
        let known = ContentAttributes.isExtension(nameExtension) ? nameExtension : ""
        let decision = MediaTypeDecision(
            prefix: try prefix(), fileName: known.isEmpty ? nil : "content.\(known)", stated: nil)
        return ContentAttributes(
            // Under this name and type it was served before.
            fileExtension: known.isEmpty ? decision.fileExtension : known,
            mediaType: decision.byName ?? decision.mediaType,
            created: Timestamp(milliseconds: status.modified / 1_000_000), generation: generation)
    }

    private func prefix() throws(SFSError) -> [UInt8] {
        var failure: SFSError?
        let bytes = [UInt8](
            unsafeUninitializedCapacity: MediaType.prefixLength
        ) { buffer, count in
            do throws(SFSError) {
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

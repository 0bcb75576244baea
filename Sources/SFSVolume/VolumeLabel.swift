import FoundationEssentials
package import SFSCore
import SFSFiles

/// What a volume says of itself, in its file `.sfs-volume`.
///
/// The file is JSON, one field a line. `checksum` is the SHA-256 of all its other lines, so that
/// `grep -v '"checksum"' .sfs-volume | sha256sum` gives the same.
package struct VolumeLabel: Sendable, Hashable, Codable {
    /// The format that this program writes; it reads no newer one.
    package static let formatVersion = 1

    /// How contents are laid out beneath `content/`.
    package enum Layout: String, Sendable, Codable {
        /// `<algorithm>/<first two hex digits>/<hex>`: ours.
        case fanout
        /// Every two hex digits a folder, the last two the file's name with its extension: the
        /// original's (protocol.md 1.4), in which its disks are adopted.
        case pairs
    }

    /// Where the label file itself is, which a copy of the volume cannot have too.
    package struct Anchor: Sendable, Hashable, Codable {
        /// Inode number of the label file.
        package let inode: UInt64
        /// When the label file was made, in seconds since 1970 with nine decimals as
        /// `stat --format=%.9W` prints it; absent where the file system keeps no such time.
        package let birth: String?

        package init(inode: UInt64, birth: String?) {
            self.inode = inode
            self.birth = birth
        }
    }

    /// See `formatVersion` of the type.
    package var formatVersion = VolumeLabel.formatVersion
    /// See `VolumeIdentity.clusterID`.
    package var clusterID: String
    /// See `VolumeIdentity.cluster`.
    package var cluster: MemberName
    /// See `VolumeIdentity.store`.
    package var store: MemberName
    /// UUID of this volume; a new one with every `Volume.initialise(_:as:)`.
    package var volume: String
    /// How contents are laid out.
    package var layout: Layout
    /// How many levels of folders `layout` has between the algorithm and the files; 0 for `pairs`,
    /// where that is up to the hash.
    package var depth: Int
    /// When the volume was made.
    package var created: Timestamp
    /// How many times a store has started with the volume; a copy that was put aside falls behind.
    package var epoch: Int64
    /// The place of the file that holds this label.
    package var anchor: Anchor

    /// The label of a new volume, at epoch 1 and not yet anchored to a file.
    package init(of identity: VolumeIdentity, created: Timestamp, layout: Layout = .fanout) {
        clusterID = identity.clusterID
        cluster = identity.cluster
        store = identity.store
        volume = UUID().uuidString.lowercased()
        self.layout = layout
        depth = layout == .fanout ? 1 : 0
        self.created = created
        epoch = 1
        anchor = Anchor(inode: 0, birth: nil)
    }

    /// The bytes of the label file.
    package func encoded() throws(SFSError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let draft = try encoder.encode(Sealed(label: self, checksum: ""))
            let checksum = try Self.checksum(of: Array(draft) + [UInt8(ascii: "\n")])
            let sealed = try encoder.encode(Sealed(label: self, checksum: checksum))
            return Array(sealed) + [UInt8(ascii: "\n")]
        } catch {
            throw SFSError(.internal, "internal error", cause: error)
        }
    }

    /// Reads the bytes of a label file.
    ///
    /// - Throws: `SFSError` with code `.configuration`; the message completes the sentence "found".
    package init(encoded bytes: [UInt8]) throws(SFSError) {
        let data = Data(bytes)
        let decoder = JSONDecoder()
        do {
            // First of all, since a newer format may mean anything by the other fields.
            let version = try decoder.decode(Version.self, from: data).formatVersion
            guard version == Self.formatVersion else {
                throw SFSError(
                    .configuration, "a label of format \(version), newer than this program's")
            }
            let sealed = try decoder.decode(Sealed.self, from: data)
            guard try sealed.checksum == Self.checksum(of: bytes) else {
                throw SFSError(.configuration, "a label whose checksum does not match")
            }
            self = sealed.label
        } catch let error as SFSError {
            throw error
        } catch {
            throw SFSError(.configuration, "a label that cannot be read", cause: error)
        }
    }

    private struct Version: Decodable {
        let formatVersion: Int
    }

    /// A label and its checksum as siblings in one JSON object.
    private struct Sealed: Codable {
        enum CodingKeys: CodingKey { case checksum }

        let label: VolumeLabel
        let checksum: String

        init(label: VolumeLabel, checksum: String) {
            self.label = label
            self.checksum = checksum
        }

        init(from decoder: any Decoder) throws {
            label = try VolumeLabel(from: decoder)
            checksum = try decoder.container(keyedBy: CodingKeys.self)
                .decode(String.self, forKey: .checksum)
        }

        func encode(to encoder: any Encoder) throws {
            try label.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(checksum, forKey: .checksum)
        }
    }

    private static func checksum(of bytes: [UInt8]) throws(SFSError) -> String {
        let mark = Array("\"checksum\"".utf8)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let others = lines.filter { !$0.contains(mark) }.joined(separator: [UInt8(ascii: "\n")])
        let hasher = try ContentHasher(.sha256)
        Array(others).withUnsafeBytes { hasher.update($0) }
        return try hasher.finish().hex
    }
}

import Foundation
import NIOCore
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage

/// A volume in a new folder on a real disk, and the tools to look into it and to harm it.
final class VolumeFixture {
    static let identity: VolumeIdentity = {
        guard let cluster = try? MemberName(parsing: "demo"),
            let store = try? MemberName(parsing: "a1")
        else { preconditionFailure("'demo' and 'a1' are names") }
        return VolumeIdentity(
            clusterID: "7f8f2d46-4a53-4a10-9d4e-3a4d6f3f3f10", cluster: cluster, store: store)
    }()

    /// The folder above the volume's; removed at the end.
    let scratch: String
    /// The volume's folder.
    let path: String

    /// Runs `body` with a fixture whose folder is empty, and removes it afterwards.
    static func with<Result>(_ body: (VolumeFixture) async throws -> Result) async throws -> Result
    {
        let fixture = try VolumeFixture()
        defer { try? FileManager.default.removeItem(atPath: fixture.scratch) }
        return try await body(fixture)
    }

    /// Runs `body` with a fixture and its new volume, open.
    static func withVolume<Result>(
        _ body: (VolumeFixture, Volume) async throws -> Result
    ) async throws -> Result {
        try await with { fixture in
            _ = try Volume.initialise(fixture.path, as: identity)
            return try await body(fixture, fixture.open())
        }
    }

    private init() throws {
        scratch = "/tmp/sfs-volume-\(UploadID.random())"
        path = "\(scratch)/volume"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func open(
        _ identity: VolumeIdentity = identity, volume: String? = nil, epoch: Int64? = nil
    ) throws -> Volume {
        try Volume.open(path, expecting: identity, volume: volume, epoch: epoch)
    }

    /// The code and message with which the volume is refused, or `nil` when it is not.
    func refusal(
        _ identity: VolumeIdentity = identity, volume: String? = nil, epoch: Int64? = nil
    ) -> String? {
        do {
            _ = try open(identity, volume: volume, epoch: epoch)
            return nil
        } catch let error as SFSError {
            return "\(error.code.rawValue): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    static func attributes(
        generation: Int32 = 1, fileExtension: String = "mp4"
    ) -> ContentAttributes {
        ContentAttributes(
            fileExtension: fileExtension, mediaType: "video/mp4",
            created: Timestamp(milliseconds: 1_795_339_800_123), generation: generation)
    }

    /// Puts `bytes` into `volume`; their name.
    @discardableResult
    static func put(
        _ bytes: [UInt8], into volume: Volume, algorithm: HashAlgorithm = .sha1,
        attributes: ContentAttributes = attributes(), length: Int64? = nil
    ) throws -> ContentHash {
        let file = try volume.beginSpool(
            .random(), algorithm: algorithm, length: length, reserve: ByteCount(0))
        for start in stride(from: 0, to: bytes.count, by: 100_000) {
            try file.append(ByteBuffer(bytes: bytes[start..<min(start + 100_000, bytes.count)]))
        }
        let received = try file.finish()
        try file.commit(as: received.hash, attributes: attributes)
        return received.hash
    }

    /// Where the replica of `hash` is.
    func file(_ hash: ContentHash) -> String {
        "\(path)/content/\(hash.algorithm.rawValue)/\(hash.hex.prefix(2))/\(hash.hex)"
    }

    /// What is in a folder of the volume, sorted.
    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
    }

    /// Changes one bit of a file behind the volume's back.
    static func flipBit(of path: String, at offset: Int64) throws {
        try makeWritable(path)
        let file = try FileDescriptor.open(path, .readWrite)
        try file.closeAfter {
            var byte: [UInt8] = [0]
            _ = try byte.withUnsafeMutableBytes {
                try file.read(fromAbsoluteOffset: offset, into: $0)
            }
            byte[0] ^= 1
            try file.writeAll(toAbsoluteOffset: offset, byte)
        }
    }

    /// Cuts a file behind the volume's back, or makes it longer; see truncate(1).
    static func resize(_ path: String, to size: String) throws {
        try makeWritable(path)
        try output(of: "truncate", "--size=\(size)", path)
    }

    private static func makeWritable(_ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    }

    /// Everything that a reader gives.
    static func read(_ reader: ReplicaReader) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try reader.next() { bytes += Array(buffer: buffer) }
        return bytes
    }

    /// The first `limit` replicas that a volume lists.
    static func replicas(in volume: Volume, limit: Int = .max) throws -> [ContentHash] {
        var found: [ContentHash] = []
        try volume.forEachReplica { hash in
            found.append(hash)
            return found.count < limit
        }
        return found
    }

    /// Runs a program to its end and gives what it printed.
    @discardableResult
    static func output(of program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SFSError(.internal, "'\(program)' ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// `count` bytes that are the same in every run and differ from those of another seed.
    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                buffer[index] = UInt8(truncatingIfNeeded: state >> 33)
            }
            filled = count
        }
    }
}

/// The code of the `SFSError` that `body` throws; `nil` when it throws none.
func code(of body: () throws -> Void) -> ErrorCode? {
    do {
        try body()
        return nil
    } catch {
        return (error as? SFSError)?.code
    }
}

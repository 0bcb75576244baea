package import NIOCore
package import SFSCore
package import SFSFiles
import Synchronization
import SystemPackage

/// A small content with all of its bytes at hand, to become a replica.
package struct ArrivingFile: Sendable {
    /// What the bytes were when they were hashed.
    package let hash: ContentHash
    package let attributes: ContentAttributes
    package let bytes: ByteBuffer
    /// The CRC32C of the bytes that gave `hash`.
    package let sum: UInt32

    package init(
        hash: ContentHash, attributes: ContentAttributes, bytes: ByteBuffer, sum: UInt32
    ) {
        self.hash = hash
        self.attributes = attributes
        self.bytes = bytes
        self.sum = sum
    }
}

extension Volume {
    /// Makes each of `files` a replica, durably, as `SpoolFile.commit(as:attributes:)` does for one.
    ///
    /// The steps are those of promises.md, s1 to s7, with the waits for the disk shared: all are
    /// written, then all are brought to the disk, then all get their names, then all their folders
    /// are brought to the disk. No file gets its name before all of it is on the disk.
    ///
    /// Their hashes differ. Gives for each what the kernel knows of the replica, or why there is
    /// none; nothing is left of what was not named. A wait that fails, fails for all.
    package func take(
        _ files: [ArrivingFile], reserve: ByteCount
    ) -> [Result<FileStatus, any Error>] {
        var arrivals = files.map { Arrival(file: $0) }
        do {
            try checkPresence()
            let length = files.reduce(0) { $0 + Int64($1.bytes.readableBytes) }
            try checkRoom(for: length, reserve: reserve)
            for index in arrivals.indices { step(&arrivals[index], write) }
            try sharedSync.seal(arrivals.compactMap(\.write), permissions: 0o444)
            for index in arrivals.indices { step(&arrivals[index], name) }
            try sharedSync.synchronize(arrivals.compactMap(\.folder))
            for index in arrivals.indices { step(&arrivals[index], look) }
        } catch {
            for index in arrivals.indices where !arrivals[index].isOver {
                end(&arrivals[index], .failure(error))
            }
        }
        return arrivals.map(\.result)
    }

    /// How far one file of a group has come.
    private struct Arrival {
        enum Stage {
            case waiting
            /// In the spool, under this name.
            case written(UploadID, DurableWrite)
            case named(Folder, FilePath)
            case over(Result<FileStatus, any Error>)
        }

        let file: ArrivingFile
        var stage = Stage.waiting

        var write: DurableWrite? {
            if case .written(_, let write) = stage { write } else { nil }
        }

        var folder: Folder? {
            if case .named(let folder, _) = stage { folder } else { nil }
        }

        var isOver: Bool {
            if case .over = stage { true } else { false }
        }

        var result: Result<FileStatus, any Error> {
            guard case .over(let result) = stage else {
                return .failure(SFSError(.internal, "internal error"))
            }
            return result
        }
    }

    /// Takes one file of a group further; it alone ends when that fails.
    private func step(_ arrival: inout Arrival, _ body: (inout Arrival) throws -> Void) {
        guard !arrival.isOver else { return }
        do {
            try body(&arrival)
        } catch {
            end(&arrival, .failure(error))
        }
    }

    private func end(_ arrival: inout Arrival, _ result: Result<FileStatus, any Error>) {
        if case .written(let upload, let write) = arrival.stage {
            // What it failed of is what the caller must hear; a sweep removes what is left.
            try? write.discard()
            forget(upload)
        }
        arrival.stage = .over(result)
    }

    private func write(_ arrival: inout Arrival) throws {
        let file = arrival.file
        let upload = UploadID.random()
        // Before the file is there, so that a sweep never sees one that is not known to be alive.
        liveUploads.withLock { _ = $0.insert(upload) }
        do {
            // No room is reserved: one write takes it, and says so when there is none.
            let write = try DurableWrite(in: spool, named: FilePath(upload.text))
            arrival.stage = .written(upload, write)
            try write.append(file.bytes)
            // The disk may begin while the next one is written.
            write.startWriting()
            var builder = BlockSumBuilder()
            file.bytes.withUnsafeReadableBytes { builder.append($0) }
            let sums = builder.finish()
            guard sums.whole == file.sum else {
                throw SFSError(
                    .corrupt, "the bytes of '\(file.hash)' are not those that were hashed")
            }
            try write.label(file.attributes, sums)
        } catch {
            forget(upload)
            throw error
        }
    }

    private func name(_ arrival: inout Arrival) throws {
        guard case .written(let upload, let write) = arrival.stage else { return }
        let (hash, attributes) = (arrival.file.hash, arrival.file.attributes)
        let folder = try content.makeFolder(of: hash)
        let name = content.newName(of: hash, fileExtension: attributes.fileExtension)
        let isNamed = try locks.withLock(on: hash) {
            try !content.isNamedOtherwise(hash) && write.name(in: folder, as: name)
        }
        if isNamed {
            arrival.stage = .named(folder, name)
        } else {
            // Something has its name: that one is read, and this one placed alone if need be.
            try place(write, as: hash, attributes)
            guard let status = try status(of: hash) else {
                throw SFSError(.io, "'\(hash)' went away while it was named")
            }
            arrival.stage = .over(.success(status))
        }
        forget(upload)
    }

    private func look(_ arrival: inout Arrival) throws {
        guard case .named(let folder, let name) = arrival.stage else { return }
        guard let status = try folder.status(of: name) else {
            throw SFSError(.io, "'\(arrival.file.hash)' went away after it was named")
        }
        arrival.stage = .over(.success(status))
    }
}

extension DurableWrite {
    /// Gives the file the attributes of a replica whose bytes just matched.
    func label(_ attributes: ContentAttributes, _ sums: BlockSums) throws {
        try setAttribute(ReplicaAttributes.metaName, ReplicaAttributes.encode(attributes))
        try setAttribute(
            ReplicaAttributes.verifiedName, ReplicaAttributes.encode(verified: .now()))
        try setBlockSums(sums) { name, value throws(SFSError) in try setAttribute(name, value) }
    }
}

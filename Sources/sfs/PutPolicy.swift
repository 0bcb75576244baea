import Glibc
import SFSClient
import SFSCore
import SystemPackage

/// What the user wants of every file that is put.
struct PutPolicy: Sendable {
    let algorithm: HashAlgorithm
    /// What the one file must hash to.
    let expectation: ContentHash?
    /// Whether to hash first and send only what is not there.
    let asksFirst: Bool
    /// How many files are worked on at once.
    let width: Int
    /// As many as all processors can hash; some always wait for the disk.
    private static let usualWidth = min(
        Put.parallelMaximum, max(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// How many are sent at once where all are small: they wait for syncs most of the time, which
    /// those that arrive together share.
    let smallFilesWidth: Int
    /// Up to so many bytes a file is small.
    static let smallFileMaximum: Int64 = 256 << 10
    private let copies: Int?
    private let fileExtension: String?
    private let mediaType: String?

    /// - Throws: `SFSError` with code `.invalidHash`, or `.usage` for contradictions.
    init(_ put: Put) throws(SFSError) {
        expectation = try put.expect.map { text throws(SFSError) in
            try ContentHash(parsing: text)
        }
        if let expectation, let algorithm = put.hash, expectation.algorithm != algorithm {
            throw SFSError(.usage, "'\(expectation)' is not a hash of '\(algorithm.rawValue)'")
        }
        algorithm = expectation?.algorithm ?? put.hash ?? .standard
        asksFirst = !put.noPrecheck
        width = put.parallel ?? Self.usualWidth
        smallFilesWidth = put.parallel ?? 32
        copies = put.copies
        fileExtension = put.ext
        mediaType = put.type
    }

    /// What to tell the cluster of the file at `path` (`nil` = standard input).
    func options(for path: FilePath?, hash: ContentHash?) -> PutOptions {
        let name = path?.lastComponent?.string
        let kept = fileExtension ?? name.map { MediaType.fileExtension(ofName: $0) } ?? ""
        return PutOptions(
            algorithm: algorithm, hash: hash, copies: copies, fileExtension: kept,
            mediaType: mediaType ?? MediaType.forExtension(kept))
    }
}

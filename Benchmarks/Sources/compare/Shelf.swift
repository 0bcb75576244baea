import FoundationEssentials
import Glibc
import ProcessFixture

/// A file that both servers have.
struct ShelfFile: Sendable {
    let hash: String
    let name: String
    /// Where both give it out to everyone.
    var path: String { "/static/\(hash)/\(name)" }
}

/// Files of one size and number, made when a row asks for them first.
///
/// nginx has links to the very files of the first store, so that both read the same pages.
actor Shelf {
    private struct Key: Hashable {
        let count: Int
        let size: Int
    }

    private let folder: String
    private let cluster: StretchFS
    private let nginx: Nginx
    private var known: [Key: [ShelfFile]] = [:]

    init(folder: String, cluster: StretchFS, nginx: Nginx) {
        self.folder = folder
        self.cluster = cluster
        self.nginx = nginx
    }

    /// `count` different files of `size` bytes, in the cluster and below nginx's root.
    func files(_ count: Int, of size: Int) async throws -> [ShelfFile] {
        let key = Key(count: count, size: size)
        if let files = known[key] { return files }
        let source = "\(folder)/source-\(count)-\(size)"
        try RandomFiles.make(count, of: size, in: source)
        let result = try await cluster.sfs(["put", "--quiet", "-r", source])
            .succeeded("put of \(count) files")
        let files = try result.lines.map { line -> ShelfFile in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count == 2, let name = words[1].split(separator: "/").last else {
                throw FixtureError("'\(line)' is no line of 'sfs put'")
            }
            return ShelfFile(hash: String(words[0]), name: String(name))
        }
        for file in files { try share(file) }
        try FileManager.default.removeItem(atPath: source)
        known[key] = files
        return files
    }

    private func share(_ file: ShelfFile) throws {
        let folder = "\(nginx.root)/static/\(file.hash)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        guard link(cluster.path(of: file.hash), "\(folder)/\(file.name)") == 0 else {
            throw FixtureError(
                "cannot link '\(file.hash)' for nginx: \(String(cString: strerror(errno)))")
        }
    }
}

import ProcessFixture

/// The system's own hashing programs, so that no code of ours vouches for itself.
package enum HashProgram {
    /// The program whose digests have `count` hex digits: `sha1sum` for 40.
    package static func name(hexDigits count: Int) -> String? {
        switch count {
        case 32: "md5sum"
        case 40: "sha1sum"
        case 56: "sha224sum"
        case 64: "sha256sum"
        case 96: "sha384sum"
        case 128: "sha512sum"
        default: nil
        }
    }

    /// The digests of the files at `paths`, in their order.
    ///
    /// A file that is gone meanwhile, or cannot be read, has `nil`.
    package static func digests(of paths: [String], by program: String) async throws -> [String?] {
        var digests: [String: String] = [:]
        for start in stride(from: 0, to: paths.count, by: 500) {
            let chunk = Array(paths[start..<min(start + 500, paths.count)])
            let result = try await run(program, ["--"] + chunk, limit: .seconds(600))
            for line in result.lines {
                let parts = line.split(separator: "  ", maxSplits: 1).map(String.init)
                if parts.count == 2 { digests[parts[1]] = parts[0] }
            }
        }
        return paths.map { digests[$0] }
    }

    /// The digest of the file at `path`.
    ///
    /// - Throws: `FixtureError` when it cannot be read.
    package static func digest(of path: String, by program: String) async throws -> String {
        guard let digest = try await digests(of: [path], by: program)[0] else {
            throw FixtureError("'\(program)' cannot read '\(path)'")
        }
        return digest
    }
}

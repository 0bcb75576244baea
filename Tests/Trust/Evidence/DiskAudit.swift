import CLinux
import Glibc
import ProcessFixture

/// Looks at the volumes of a cluster from outside, with the system's own programs.
///
/// A content file is hashed when it is first seen and whenever its inode, size or change time is
/// another than then; `forget()` has all of them hashed again.
package struct DiskAudit {
    /// What one look found.
    package struct Findings: Sendable {
        /// For each hash, the stores that have a good copy.
        package var holders: [String: Set<String>] = [:]
        /// Sentences on what must never be: bytes that are not their name, lost attributes,
        /// strange files.
        package var violations: [String] = []
        /// Paths of the files in all spools.
        package var spooled: [String] = []
        /// Content files that were hashed in this look.
        package var hashed = 0
    }

    /// What a catalog is rebuilt from, and what reads are checked against.
    private static let attributes = ["user.sfs.meta", "user.sfs.sums"]

    /// Names and volume folders of the stores.
    private let volumes: [(store: String, folder: String)]
    private var good: Set<FoundFile> = []

    package init(volumes: [(store: String, folder: String)]) {
        self.volumes = volumes
    }

    /// The folders of the volumes that it looks at.
    package var folders: [String] { volumes.map(\.folder) }

    /// Trusts nothing that was hashed earlier.
    package mutating func forget() {
        good = []
    }

    /// Looks at all volumes.
    package mutating func look() async throws -> Findings {
        var findings = Findings()
        var unknown: [String: [(store: String, file: FoundFile)]] = [:]
        for (store, folder) in volumes {
            findings.spooled += FolderWalk.files(below: "\(folder)/spool").map(\.path)
            for file in FolderWalk.files(below: "\(folder)/content") {
                guard let program = HashProgram.name(hexDigits: file.name.utf8.count),
                    file.isRegular, file.name.allSatisfy({ "0123456789abcdef".contains($0) })
                else {
                    findings.violations.append("'\(file.path)' is no content")
                    continue
                }
                if file.permissions != 0o444 {
                    let mode = String(file.permissions, radix: 8)
                    findings.violations.append("'\(file.path)' has the permissions \(mode)")
                }
                if good.contains(file) {
                    findings.holders[file.name, default: []].insert(store)
                } else {
                    unknown[program, default: []].append((store, file))
                }
            }
        }
        for (program, files) in unknown {
            try await hash(files, by: program, into: &findings)
        }
        return findings
    }

    private mutating func hash(
        _ files: [(store: String, file: FoundFile)], by program: String,
        into findings: inout Findings
    ) async throws {
        let digests = try await HashProgram.digests(of: files.map(\.file.path), by: program)
        for ((store, file), digest) in zip(files, digests) {
            findings.hashed += 1
            let lost = Self.attributes.filter { !Self.has($0, file.path) }
            for name in lost { findings.violations.append("'\(file.path)' has no '\(name)'") }
            if digest == file.name, lost.isEmpty {
                good.insert(file)
                findings.holders[file.name, default: []].insert(store)
            } else if digest != file.name {
                let found = digest.map { "the bytes of \($0)" } ?? "bytes that cannot be read"
                findings.violations.append("'\(file.path)' (\(file.size) bytes) has \(found)")
            }
        }
    }
    private static func has(_ attribute: String, _ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return sfs_get_attribute(file, attribute, nil, 0) > 0
    }
}

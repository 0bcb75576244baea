package import SFSCore
package import SFSFiles

extension Volume {
    /// Calls `body` with everything in `scope`, until it returns `false`; the way in which folders
    /// were read.
    ///
    /// Only names and sizes are looked at. A file that comes or goes meanwhile is given or not.
    /// The order is that of the folders on the disk; in none of them it means anything. Memory does
    /// not depend on the number of files.
    ///
    /// - Throws: `SFSError` when a folder cannot be read to its end: what was given then is not all.
    @discardableResult
    package func scan(
        _ scope: ScanScope = .all, by choice: ScannerChoice = .automatic,
        _ body: (ScannedEntry) throws -> Bool
    ) throws -> ScannerKind {
        let scanner = choice.scanner()
        try content.scan(scope, by: scanner, body)
        return scanner.kind
    }

    /// Calls `body` with the hash of every replica until it returns `false`, in no order.
    package func forEachReplica(_ body: (ContentHash) throws -> Bool) throws {
        try scan { entry in
            guard case .content(let hash, _) = entry else { return true }
            return try body(hash)
        }
    }
}

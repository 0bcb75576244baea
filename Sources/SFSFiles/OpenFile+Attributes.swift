import CLinux
import Glibc
package import SFSCore
import SystemPackage

extension OpenFile {
    /// The most bytes that an extended attribute of ours may have.
    private static let attributeLengthMaximum = 64 << 10

    /// The value of the extended attribute `name`; `nil` when the file has none.
    package func attribute(_ name: String) throws(SFSError) -> [UInt8]? {
        // Nearly every value fits at the first try; the second takes the most that Linux allows.
        for capacity in [4 << 10, Self.attributeLengthMaximum] {
            do {
                return try readAttribute(name, capacity: capacity)
            } catch {
                if error == .noData { return nil }
                if error == .outOfRange, capacity < Self.attributeLengthMaximum { continue }
                throw SFSError("cannot read attribute '\(name)' of '\(path)'", errno: error)
            }
        }
        return nil
    }

    /// Writes the extended attribute `name`, also on a file of ours that is read-only.
    ///
    /// - Throws: besides the usual, `SFSError` with code `.noSpace` when the value is too long for
    ///   this file system.
    package func setAttribute(_ name: String, _ value: [UInt8]) throws(SFSError) {
        do {
            try writeAttribute(name, value)
        } catch {
            let permissions = try status().permissions
            guard error == .permissionDenied, permissions & 0o200 == 0 else {
                throw cannotWrite(name, error)
            }
            try setReadOnlyAttribute(name, value, permissions)
        }
    }

    // The owner of a read-only file may not change its attributes, but may make it writable first.
    // A crash in between leaves it writable, and nothing depends on that.
    private func setReadOnlyAttribute(
        _ name: String, _ value: [UInt8], _ permissions: UInt32
    ) throws(SFSError) {
        try setPermissions(permissions | 0o200)
        defer { _ = fchmod(number, permissions) }
        do {
            try writeAttribute(name, value)
        } catch {
            throw cannotWrite(name, error)
        }
    }

    private func cannotWrite(_ name: String, _ error: Errno) -> SFSError {
        let what = "cannot write attribute '\(name)' of '\(path)'"
        guard error == .argListTooLong else { return SFSError(what, errno: error) }
        return SFSError(.noSpace, "\(what): too long for this file system", cause: error)
    }

    private func readAttribute(_ name: String, capacity: Int) throws(Errno) -> [UInt8] {
        var failure: Errno?
        let value = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let length = sfs_get_attribute(number, name, buffer.baseAddress, capacity)
            count = max(0, length)
            if length < 0 { failure = .last }
        }
        if let failure { throw failure }
        return value
    }

    private func writeAttribute(_ name: String, _ value: [UInt8]) throws(Errno) {
        _ = try callAgain { sfs_set_attribute(number, name, value, value.count) }
    }
}

package import SFSCore
import SFSFiles

extension Volume {
    /// The number of the device that it is on; volumes on one device are lost together.
    package func device() throws(SFSError) -> UInt64 { try root.status().device }
}

import SFSCore
import SFSWire

/// What a stand-in answers when all is well.
enum StandInAnswer {
    /// 200, with this body.
    case body([UInt8])
    /// 204.
    case nothing

    /// 200, with `message` as its body.
    static func json(_ message: some Encodable) throws(SFSError) -> StandInAnswer {
        .body(try JSON.encode(message))
    }
}

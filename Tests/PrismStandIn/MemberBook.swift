import SFSCore
package import SFSWire
import Synchronization

/// The members of a stand-in: prism `p1` and stores `s1` and `s2` in zone `z1`, `s3` in `z2`.
package final class MemberBook: Sendable {
    private struct State {
        var members: [MemberReply] = []
        var adoptions: [AdoptOrder] = []
        var canGo = true
    }

    private let state: Mutex<State>

    init() throws {
        let members = try [("p1", "z1"), ("s1", "z1"), ("s2", "z1"), ("s3", "z2")].map {
            name, zone in
            let isStore = name.hasPrefix("s")
            return MemberReply(
                name: try MemberName(parsing: name), type: isStore ? .store : .prism,
                zone: try MemberName(parsing: zone), host: try MemberName(parsing: "h1"),
                roles: [.active, .online, .read, .write], url: "http://\(name):1", version: "1",
                silentSeconds: 1, condition: isStore ? .well : nil,
                isDraining: isStore ? false : nil, freeBytes: isStore ? 60 : nil,
                totalBytes: isStore ? 100 : nil, volume: isStore ? "v-\(name)" : nil,
                contents: isStore ? 7 : nil, votes: [])
        }
        state = Mutex(State(members: members))
    }

    /// All of them, by name.
    package var members: [MemberReply] { state.withLock { $0.members } }

    /// Every order to adopt a volume.
    package var adoptions: [AdoptOrder] { state.withLock { $0.adoptions } }

    /// Whether stores may be stopped and retired.
    package func setCanGo(_ flag: Bool) { state.withLock { $0.canGo = flag } }

    /// Changes a member.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    @discardableResult
    package func change(
        _ name: String, _ body: (inout MemberReply) -> Void
    ) throws -> MemberReply {
        try state.withLock { state in
            guard let index = state.members.firstIndex(where: { $0.name.text == name }) else {
                throw SFSError(.notFound, "there is no member '\(name)'")
            }
            body(&state.members[index])
            return state.members[index]
        }
    }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        let parts = head.path.split(separator: "/").dropFirst().map(String.init)
        switch (head.method, parts.first, parts.count) {
        case ("GET", "members", 1): return try .json(MemberList(members: members))
        case ("DELETE", "members", 2):
            try change(parts[1]) { _ in }
            state.withLock { state in state.members.removeAll { $0.name.text == parts[1] } }
            return .nothing
        case ("POST", "members", 3):
            let order = try JSON.decode(RolesOrder.self, from: body())
            return try .json(
                change(parts[1]) { member in
                    member.roles = (member.roles + order.add).filter { !order.remove.contains($0) }
                })
        case ("POST", "stores", 2) where parts[1] == "adopt":
            return try .json(adopt(try JSON.decode(AdoptOrder.self, from: body())))
        case ("POST", "stores", 3) where parts[2] == "undrain":
            return try .json(change(parts[1]) { $0.isDraining = false })
        case ("POST", "stores", 3) where parts[2] == "retire":
            guard state.withLock({ $0.canGo }) else {
                throw SFSError(.conflict, "7 contents need store '\(parts[1])'")
            }
            return try .json(change(parts[1]) { $0.condition = .retired })
        case ("GET", "stores", 4) where parts[2] == "can":
            return try .json(can(parts[3], try change(parts[1]) { _ in }.name))
        default: return nil
        }
    }

    private func adopt(_ order: AdoptOrder) throws -> AdoptReply {
        state.withLock { $0.adoptions.append(order) }
        return AdoptReply(
            store: try order.store ?? MemberName(parsing: "s1"), folder: order.folder,
            volume: "v", layout: "pairs")
    }

    private func can(_ purpose: String, _ store: MemberName) throws -> CanReply {
        guard let purpose = StorePurpose(rawValue: purpose) else {
            throw SFSError(.usage, "'\(purpose)' is no purpose")
        }
        let canGo = state.withLock { $0.canGo }
        return CanReply(
            store: store, purpose: purpose, answer: canGo,
            reason: canGo ? "" : "3 contents would be out of reach",
            holdsUntil: canGo ? Timestamp(milliseconds: 0) : nil,
            contentsOutOfReach: canGo ? 0 : 3, contentsAtRisk: 4)
    }
}

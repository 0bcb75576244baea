import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs member roles NAME +write -read`: what a member may be used for.
struct MemberRoles: Verb {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "Give a member roles and take roles from it.",
        discussion: "'+write' gives a role and '-write' takes it; without any, they are shown.")

    @Argument(
        help: ArgumentHelp("Which.", valueName: "name"), completion: LiveNames.members.completion)
    var name: MemberName

    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp(
            "Such as +write or -read; the roles are active, read and write.", valueName: "role"))
    var changes: [String] = []

    @OptionGroup var global: GlobalOptions

    func validate() throws { _ = try Self.order(changes) }

    func run(_ session: Session) async throws -> Answer {
        let member =
            changes.isEmpty
            ? try await Self.find(name, session.prism)
            : try await session.prism.changeRoles(of: name, try Self.order(changes))
        if session.output.isJSON {
            try session.output.json(member)
        } else {
            try session.output.line("\(member.name) \(MemberText.roles(member))")
        }
        return .yes
    }

    /// What words such as `+write` and `-read` say together.
    ///
    /// - Throws: `ValidationError` for another word, or a role that is both given and taken.
    static func order(_ changes: [String]) throws -> RolesOrder {
        var order = RolesOrder()
        for change in changes {
            guard let sign = change.first, "+-".contains(sign),
                let role = Role(rawValue: String(change.dropFirst()))
            else { throw ValidationError("'\(change)' is not like '+write' or '-read'") }
            guard role != .online else {
                throw ValidationError("'online' is found out, and not given")
            }
            if sign == "+" { order.add.append(role) } else { order.remove.append(role) }
        }
        if let role = order.add.first(where: order.remove.contains) {
            throw ValidationError("'\(role.rawValue)' is both given and taken")
        }
        return order
    }

    private static func find(
        _ name: MemberName, _ prism: PrismClient
    ) async throws -> MemberReply {
        guard let member = try await prism.members().first(where: { $0.name == name }) else {
            throw SFSError(.notFound, "there is no member '\(name)'")
        }
        return member
    }
}

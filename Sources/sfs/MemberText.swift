import SFSCore
import SFSWire

/// Members in words.
enum MemberText {
    /// `online`, `draining`, or in capitals what needs somebody to look.
    static func state(_ member: MemberReply) -> String {
        switch member.condition {
        case .away: return "AWAY"
        case .lost: return "LOST"
        case .retired: return "retired"
        case .well, nil: break
        }
        guard member.roles.contains(.online) else { return "OFFLINE" }
        return member.isDraining ?? false ? "draining" : "online"
    }

    /// The roles that people give, by name.
    static func roles(_ member: MemberReply) -> String {
        let given = member.roles.filter { $0 != .online }.map(\.rawValue).sorted()
        return given.isEmpty ? "-" : given.joined(separator: ",")
    }

    /// The part of the disk that is not free, in percent.
    static func fill(_ member: MemberReply) -> String {
        guard let free = member.freeBytes, let total = member.totalBytes, total > 0 else {
            return "-"
        }
        return "\(Int((Double(total - free) / Double(total) * 100).rounded()))%"
    }

    /// Bytes for a person; `-` where there is nothing to say.
    static func size(_ bytes: Int64?) -> String {
        bytes.map { ByteCount(max(0, $0)).description } ?? "-"
    }

    /// All that is known of a member.
    static func report(_ member: MemberReply) -> [String] {
        var rows = [
            [member.type.rawValue, member.name.text],
            ["zone", member.zone.text],
            ["host", member.host.text],
            ["state", state(member)],
            ["roles", roles(member)],
            ["url", member.url.map { Printable.line($0) } ?? "-"],
            ["version", member.version.map { Printable.line($0) } ?? "-"],
            ["silent for", Clock.text(seconds: member.silentSeconds)],
        ]
        if member.type == .store {
            rows += [
                ["fill", fill(member)],
                ["free", "\(size(member.freeBytes)) of \(size(member.totalBytes))"],
                ["contents", member.contents.map { "\($0)" } ?? "-"],
                ["volume", member.volume.map { Printable.line($0) } ?? "-"],
            ]
        }
        rows += member.problem.map { [["problem", Printable.line($0)]] } ?? []
        let votes = member.votes.map { vote in
            [vote.voter.text, vote.expiresAt.description, Printable.line(vote.reason)]
        }
        guard !votes.isEmpty else { return Table.lines(rows) }
        return Table.lines(rows) + [""] + Table.lines([["VOTE OF", "UNTIL", "REASON"]] + votes)
    }
}

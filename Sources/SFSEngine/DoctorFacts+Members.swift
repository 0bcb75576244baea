import SFSCatalog
import SFSCore
import SFSWire

extension DoctorFacts {
    /// Findings about who is up, with which version and in which roles.
    var ofMembers: [DoctorReply.Finding] {
        let down = stores.flatMap { findings(about: $0) } + prisms.flatMap { findings(about: $0) }
        let all = down + placement + versions
        guard all.isEmpty else { return all }
        return [
            .fine(
                "member", "members",
                "\(prisms.count) prisms and \(stores.count) stores are up, with one version")
        ]
    }

    private func findings(about store: StoreRecord) -> [DoctorReply.Finding] {
        let name = store.facts.name.text
        let silence = Self.text(.seconds(store.secondsSinceSeen))
        var findings: [DoctorReply.Finding] = []
        switch roll.condition(of: store) {
        case .well, .retired: break
        case .lost where store.problem != nil:
            findings.append(
                .error(
                    "store", name, "its replicas count as lost: \(store.problem ?? "")",
                    "mount or replace its disk; 'sfs store adopt' takes a volume over. One that "
                        + "failed is tried again after a while"))
        case .lost:
            findings.append(
                .error(
                    "store", name, "silent for \(silence): its replicas count as lost",
                    "start its sfsd, or 'sfs store retire \(name)' if it is gone for good"))
        case .away where Duration.seconds(store.secondsSinceSeen) > settings.offlineAfter:
            findings.append(
                .warning(
                    "store", name,
                    "silent for \(silence); its replicas count as lost after "
                        + "\(settings.grace.settingText)", "start its sfsd"))
        case .away:
            findings.append(outOfService(store))
        }
        if store.isDraining {
            findings.append(
                .warning(
                    "store", name, "it is being drained",
                    "'sfs store retire \(name)' when it is empty, or 'sfs store undrain \(name)'"))
        }
        if let health = healths[store.facts.number], case .silence(let reason) = health,
            roll.condition(of: store) == .well
        {
            findings.append(
                .error(
                    "store", name, "the catalog hears of it, this prism does not: \(reason)",
                    "check its 'url', and the network between them"))
        }
        return findings
    }

    /// A store that the catalog hears of, and that nobody uses all the same.
    private func outOfService(_ store: StoreRecord) -> DoctorReply.Finding {
        let name = store.facts.name
        guard store.facts.roles.contains(.active) else {
            return .warning(
                "store", name.text, "it is not in service", "'sfs member roles \(name) +active'")
        }
        let voters = votes.filter { $0.target == name }
        guard let first = voters.first else {
            return .warning("store", name.text, "it took its leave", "start its sfsd")
        }
        return .error(
            "store", name.text,
            "\(voters.count) members say that it is down: \(first.reason)",
            "check the network around it")
    }

    private func findings(about prism: PrismRecord) -> [DoctorReply.Finding] {
        let isSilent = Duration.seconds(prism.secondsSinceSeen) > settings.offlineAfter
        guard isSilent || !prism.roles.contains(.online) else { return [] }
        let silence = Self.text(.seconds(prism.secondsSinceSeen))
        return [
            .warning(
                "prism", prism.name.text,
                isSilent ? "silent for \(silence)" : "members say that it is down, or it left",
                "start its sfsd, or 'sfs member remove \(prism.name)' if it is gone for good")
        ]
    }

    /// Whether new contents find the stores that they need.
    private var placement: [DoctorReply.Finding] {
        let willing = roll.stores([.well]).filter { store in
            !store.isDraining && store.facts.roles.isSuperset(of: [.read, .write])
        }
        guard willing.count < settings.minCopies else { return [] }
        return [
            .error(
                "store", "stores",
                "\(willing.count) stores take contents, \(settings.minCopies) are needed",
                "bring stores back, or give them the roles 'read' and 'write'")
        ]
    }

    private var versions: [DoctorReply.Finding] {
        let alive =
            roll.stores([.well]).map { ($0.facts.name, $0.version) }
            + prisms.filter { $0.roles.contains(.online) }.map { ($0.name, $0.version) }
        let byVersion = Dictionary(grouping: alive.filter { $0.1 != nil }) { $0.1 ?? "" }
        guard byVersion.count > 1 else { return [] }
        let text = byVersion.sorted { $0.key < $1.key }.map { version, members in
            "\(version) on \(members.map(\.0.text).sorted().joined(separator: ", "))"
        }
        return [
            .warning(
                "version", "members", "they differ: \(text.joined(separator: "; "))",
                "update all members to one version")
        ]
    }
}

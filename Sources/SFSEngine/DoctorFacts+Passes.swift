import SFSCatalog
import SFSCore
import SFSWire

extension DoctorFacts {
    /// Findings about the last inventory and the last verify of each store.
    var ofPasses: [DoctorReply.Finding] {
        let findings = roll.stores([.well]).flatMap { store in
            PassKind.allCases.flatMap { kind in self.findings(about: kind, of: store) }
        }
        guard findings.allSatisfy({ $0.severity == .fine }) else { return findings }
        return findings + [.fine("verify", "volumes", "none waits too long for a look")]
    }

    private func findings(
        about kind: PassKind, of store: StoreRecord
    ) -> [DoctorReply.Finding] {
        let name = store.facts.name.text
        let again = "'sfs \(kind.rawValue) --store \(name)'"
        guard let pass = passes.first(where: { $0.store == store.facts.number && $0.kind == kind })
        else {
            return [.fine(kind.rawValue, name, "there was none yet; the first begins by itself")]
        }
        switch pass.state {
        case .failed:
            return [
                .error(
                    kind.rawValue, name, "the last one failed: \(pass.problem ?? "")",
                    "mend that, then \(again)")
            ]
        case .paused: return [.warning(kind.rawValue, name, "it is paused", again)]
        case .waiting, .running: return []
        case .done:
            let limit =
                switch kind {
                case .inventory: care.inventoryAgeMaximum
                case .verify: care.verifyAgeMaximum
                }
            let age = age(of: pass.ended ?? pass.requested)
            guard limit > .zero, age > limit else { return [] }
            return [
                .warning(
                    kind.rawValue, name, "the last one ended \(Self.text(age)) ago", again)
            ]
        }
    }
}

import SFSCatalog
import SFSCore
import SFSWire

extension DoctorFacts {
    /// Findings about disks: failing, full, or one for two stores.
    var ofDisks: [DoctorReply.Finding] {
        let findings = failing + full + shared
        return findings.isEmpty ? [.fine("disk", "volumes", "all have room and answer")] : findings
    }

    /// Percent of a volume in use from which on nothing fits soon.
    private static let fullPercent: Int64 = 98

    private var failing: [DoctorReply.Finding] {
        stores.compactMap { store in
            guard case .answer(let health, _)? = healths[store.facts.number],
                let problem = health.problem, store.problem == nil
            else { return nil }
            return .error(
                "mount", store.facts.name.text, problem,
                "look at the disk and its mount, then restart the store")
        }
    }

    private var full: [DoctorReply.Finding] {
        stores.compactMap { store in
            let (free, total) = (store.facts.freeBytes, store.facts.totalBytes)
            guard total > 0, roll.condition(of: store) == .well else { return nil }
            let percent = 100 - free * 100 / total
            let name = store.facts.name.text
            if percent >= Self.fullPercent {
                return .error(
                    "disk", name, "\(percent) percent full",
                    "add stores and 'sfs balance', or remove contents")
            }
            guard percent >= settings.highWater else { return nil }
            return .warning(
                "disk", name, "\(percent) percent full: no plan brings it more",
                "add stores and 'sfs balance'")
        }
    }

    private struct Device: Hashable {
        var host: MemberName
        var device: String
    }

    /// Volumes of two stores on one device: their copies are lost together.
    private var shared: [DoctorReply.Finding] {
        var names: [Device: [MemberName]] = [:]
        for store in stores {
            guard case .answer(let health, _)? = healths[store.facts.number],
                let device = health.device
            else { continue }
            names[Device(host: store.facts.host, device: device), default: []]
                .append(store.facts.name)
        }
        return names.values.filter { $0.count > 1 }.map { stores in
            let list = stores.sorted().map { "'\($0)'" }.joined(separator: " and ")
            return .warning(
                "disk", stores.min()?.text ?? "",
                "stores \(list) have their volumes on one device: it takes both along",
                "give every store a disk of its own")
        }
        .sorted { $0.subject < $1.subject }
    }
}

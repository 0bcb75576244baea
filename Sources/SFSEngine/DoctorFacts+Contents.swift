import SFSCatalog
import SFSCore
import SFSWire

extension DoctorFacts {
    /// Findings about copies.
    var ofContents: [DoctorReply.Finding] {
        var findings: [DoctorReply.Finding] = []
        if risk.outOfReach > 0 {
            findings.append(
                .error(
                    "content", "contents",
                    "\(risk.outOfReach) have no copy on a store that is up",
                    "bring the stores back that hold them"))
        }
        if damaged > 0 {
            findings.append(
                .error(
                    "content", "contents", "\(damaged) are damaged: their last copy is bad",
                    "put them again, or bring back a store that had a good copy"))
        }
        if risk.atRisk > 0 {
            findings.append(
                .warning(
                    "repair", "contents", "\(risk.atRisk) have fewer copies up than they want",
                    "repair brings them back by itself; see 'sfs status'"))
        }
        guard findings.isEmpty else { return findings }
        return [.fine("content", "contents", "all have the copies that they want")]
    }

    /// Findings about tasks and plans.
    var ofMovement: [DoctorReply.Finding] {
        var findings: [DoctorReply.Finding] = []
        if tasks.failed > 0 {
            findings.append(
                .warning(
                    "task", "tasks", "\(tasks.failed) failed too often and are set aside",
                    "'sfs task list --state failed' says why; 'sfs task retry --state failed'"))
        }
        if tasks.paused > 0 {
            findings.append(
                .warning(
                    "task", "tasks", "\(tasks.paused) are paused",
                    "'sfs task resume --state paused'"))
        }
        for plan in plans {
            switch plan.state {
            case .paused:
                findings.append(
                    .warning(
                        "plan", "plan \(plan.number)", "it is paused",
                        "'sfs plan resume \(plan.number)' or 'sfs plan cancel \(plan.number)'"))
            case .refused where age(of: plan.created) < Self.refusalsKept:
                findings.append(
                    .warning(
                        "plan", "plan \(plan.number)",
                        "it was refused: \(plan.problem ?? "the cluster had changed")",
                        "plan again"))
            case .refused, .shown, .running, .done, .cancelled: break
            }
        }
        guard findings.isEmpty else { return findings }
        return [.fine("task", "tasks", "none is set aside or paused")]
    }

    /// For how long a plan that was refused is worth telling.
    private static let refusalsKept: Duration = .seconds(86_400)
}

import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs doctor`: what is wrong with the cluster or may go wrong, and what to do.
struct Doctor: Verb {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Find what is wrong, or may go wrong, and say what to do.",
        discussion: "Exits with 1 when something is wrong, and with 0 otherwise.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let findings = try await session.prism.doctor()
        if session.output.isJSON {
            for finding in findings { try session.output.json(finding) }
        } else {
            try session.output.line(Self.lines(for: findings).joined(separator: "\n"))
        }
        return findings.contains { $0.severity == .error } ? .no : .yes
    }

    /// The report for a person, the worst first.
    static func lines(for findings: [DoctorReply.Finding]) -> [String] {
        let worstFirst: [DoctorReply.Severity] = [.error, .warning, .fine]
        var lines = worstFirst.flatMap { severity in
            findings.filter { $0.severity == severity }.flatMap { finding in
                var lines = [
                    "\(mark(severity))  \(Printable.line(finding.area)) "
                        + "\(Printable.line(finding.subject)): \(Printable.line(finding.message))"
                ]
                if !finding.remedy.isEmpty {
                    lines.append("         -> \(Printable.line(finding.remedy))")
                }
                return lines
            }
        }
        func count(_ severity: DoctorReply.Severity) -> Int {
            findings.count { $0.severity == severity }
        }
        lines.append(
            "\(count(.error)) errors, \(count(.warning)) warnings, \(count(.fine)) things are fine")
        return lines
    }

    private static func mark(_ severity: DoctorReply.Severity) -> String {
        switch severity {
        case .error: "ERROR  "
        case .warning: "warning"
        case .fine: "fine   "
        }
    }
}

import ArgumentParser

/// `sfs plan …`: what was planned, and what becomes of it.
struct PlanVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show, apply and stop plans.",
        subcommands: [
            PlanList.self, PlanShow.self, PlanApply.self, PlanPause.self, PlanResume.self,
            PlanCancel.self,
        ])
}

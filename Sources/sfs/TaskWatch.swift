import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs task watch [PLAN…]`: attaches to work that is under way, until it is done.
struct TaskWatch: Verb {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watch plans that are under way until they are done.",
        discussion: "Without a plan, all that are under way now.")

    @Argument(
        help: ArgumentHelp("Which, as 'sfs plan list' shows them.", valueName: "plan"),
        completion: LiveNames.plans.completion)
    var plans: [Number] = []

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        var numbers = plans.map(\.value)
        if numbers.isEmpty {
            numbers = try await session.prism.plans(state: .running).map(\.plan).sorted()
        }
        guard !numbers.isEmpty else {
            session.output.note("no plan is under way")
            return .yes
        }
        return try await PlanWatch(numbers: numbers, session: session).run()
    }
}

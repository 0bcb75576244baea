import ArgumentParser

/// `sfs task …`: what stores have to do, one replica at a time.
struct TaskVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Show, watch and change what stores have to do.",
        subcommands: [
            TaskList.self, TaskShow.self, TaskWatch.self, TaskPause.self, TaskResume.self,
            TaskCancel.self, TaskRetry.self,
        ])
}

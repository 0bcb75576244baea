import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs plan and sfs task")
struct PlanCommandTests {
    private let hash: ContentHash
    private let store: MemberName

    init() throws {
        hash = try PrismStandIn.hash([1], .sha1)
        store = try MemberName(parsing: "s2")
    }

    private func task(_ number: Int64, _ state: TaskState) -> TaskReply {
        TaskReply(
            task: number, kind: .move, state: state, hash: hash, store: store, size: 1 << 20,
            bytesDone: 1 << 19, plan: 1, attempts: 1, createdAt: Timestamp(milliseconds: 0),
            actor: "root", reason: "balance", problem: state == .failed ? "no\nspace" : nil)
    }

    /// Has `count` plans made that are only shown.
    private func makePlans(_ count: Int, _ fixture: CommandFixture) async throws {
        for _ in 0..<count { try await fixture.sfs(["balance"]).succeeded("a plan") }
    }

    @Test("lists and shows plans, with their steps")
    func showing() async throws {
        try await CommandFixture.with { fixture in
            try await makePlans(2, fixture)
            let list = try await fixture.sfs(["plan", "list"])
            #expect(list.lines.count == 3)
            #expect(list.lines[1].hasPrefix("2     balance  shown"))
            let running = try await fixture.sfs(["plan", "list", "--state", "running", "--json"])
            #expect(running.text == "")
            let show = try await fixture.sfs(["plan", "show", "2"])
            #expect(show.lines.first == "plan 2: balance, shown, by 'root'")
            let hashes = try (0..<7).map { try PrismStandIn.hash([$0], .sha1) }.sorted()
            fixture.standIn.plans.keep(
                hashes.map { hash in
                    PlanStepList.Step(
                        hash: hash, kind: .clone, store: store, source: store, size: 1)
                })
            let steps = try await fixture.sfs(["plan", "show", "2", "--steps"])
            #expect(steps.lines == hashes.map { "\($0) clone s2 from s2" })
            #expect(try await fixture.sfs(["plan", "show", "9"]).status == 1)
            for words in [["show", ""], ["show", "0"], ["show"], ["list", "--state", "x"]] {
                #expect(try await fixture.sfs(["plan"] + words).status == 64, "\(words)")
            }
        }
    }

    @Test("applies a plan and waits, or does not")
    func applying() async throws {
        try await CommandFixture.with { fixture in
            try await makePlans(2, fixture)
            let waited = try await fixture.sfs(["plan", "apply", "1"])
            #expect(waited.status == 0)
            #expect(waited.text == "plan 1: 3 of 3 tasks done, 3.0 KiB in 0:02, 1.5 KiB/s\n")
            let left = try await fixture.sfs(["plan", "apply", "2", "--detach"])
            #expect(left.text == "plan 2 is running\n")
        }
    }

    @Test("pauses, resumes and cancels plans, and names those that there are not")
    func changing() async throws {
        try await CommandFixture.with { fixture in
            try await makePlans(2, fixture)
            let paused = try await fixture.sfs(["plan", "pause", "1", "2"])
            #expect(paused.lines == ["plan 1 is paused", "plan 2 is paused"])
            let resumed = try await fixture.sfs(["plan", "resume", "1", "--json"])
            #expect(try JSON.decode(PlanReply.self, from: resumed.output).state == .running)
            let partly = try await fixture.sfs(["plan", "cancel", "1", "9"])
            #expect(partly.status == 3)
            #expect(partly.text == "plan 1 is cancelled\n")
            #expect(partly.errorText.contains("there is no plan 9"))
            #expect(try await fixture.sfs(["plan", "cancel"]).status == 64)
        }
    }

    @Test("lists tasks page after page, and shows one")
    func tasks() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.plans.keep(
                (1...7).map { task($0, $0 == 7 ? .paused : .running) })
            let all = try await fixture.sfs(["task", "list"])
            #expect(all.lines.count == 8)
            #expect(all.lines[1].hasPrefix("1     1     move  running  s2     -       1.0 MiB"))
            #expect(all.lines[1].contains("50%"))
            let some = try await fixture.sfs(["task", "list", "--state", "paused", "--json"])
            #expect(try JSON.decode(TaskReply.self, from: some.output).task == 7)
            let few = try await fixture.sfs(["task", "list", "--limit", "4", "--store", "s2"])
            #expect(few.lines.count == 5)
            let show = try await fixture.sfs(["task", "show", "7"])
            #expect(show.lines.contains("work        move '\(hash)' to store 's2'"))
            #expect(try await fixture.sfs(["task", "show", "8"]).status == 1)
        }
    }

    @Test("changes tasks by number, plan or state, and never all of them by mistake")
    func changingTasks() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            book.keep([task(1, .running), task(2, .failed)])
            let some = try await fixture.sfs(["task", "pause", "2", "1", "2"])
            #expect(some.text == "tasks paused: 2\n")
            let partly = try await fixture.sfs(["task", "cancel", "1", "9"])
            #expect(partly.status == 3)
            #expect(partly.errorText.contains("1 of 2 tasks are not there"))
            #expect(try await fixture.sfs(["task", "cancel", "9"]).status == 1)
            let plan = try await fixture.sfs(["task", "resume", "--plan", "1", "--json"])
            #expect(plan.text == #"{"count":2}"# + "\n")
            let failed = try await fixture.sfs(["task", "retry", "--state", "failed"])
            #expect(failed.text == "tasks tried again: 1\n")
            #expect(
                book.changes == [
                    TaskOrder(change: .pause, tasks: [1, 2]),
                    TaskOrder(change: .cancel, tasks: [1, 9]),
                    TaskOrder(change: .cancel, tasks: [9]),
                    TaskOrder(change: .resume, plan: 1),
                    TaskOrder(change: .retry, state: .failed),
                ])
            for words in [[], ["1", "--plan", "1"], ["--state", ""], ["x"], ["--plan", ""]] {
                #expect(try await fixture.sfs(["task", "retry"] + words).status == 64, "\(words)")
            }
            #expect(book.changes.count == 5)
        }
    }

    @Test("watches what is under way, and says why it stops before the end")
    func watching() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            let nothing = try await fixture.sfs(["task", "watch"])
            #expect(nothing.status == 0)
            #expect(nothing.errorText == "sfs: no plan is under way\n")
            try await makePlans(1, fixture)
            let shown = try await fixture.sfs(["task", "watch", "1"])
            #expect(shown.status == 73)
            #expect(shown.errorText.contains("begin it with 'sfs plan apply 1'"))
            book.change(1) { $0.state = .running }
            #expect(try await fixture.sfs(["task", "watch"]).lines.count == 1)
            book.change(1) { $0.state = .paused }
            let paused = try await fixture.sfs(["task", "watch", "1"])
            #expect(paused.status == 75)
            #expect(paused.errorText.contains("go on with 'sfs plan resume 1'"))
            book.change(1) { $0.state = .cancelled }
            #expect(try await fixture.sfs(["task", "watch", "1"]).status == 3)
            book.change(1) { plan in
                plan.state = .refused
                plan.problem = "store 's3' is new"
            }
            let refused = try await fixture.sfs(["task", "watch", "1", "--json"])
            #expect(refused.status == 73)
            let error = try JSON.decode(ErrorMessage.self, from: refused.errors)
            #expect(error.error.message == "plan 1 was refused: store 's3' is new")
        }
    }
}

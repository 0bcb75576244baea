import ProcessFixture
import Testing

extension HardTimes {
    @Suite("Logins that fail")
    struct LoginTimingTests {
        /// Logs in once from `source`, and gives the status and how long it took.
        private func logIn(
            _ name: String, _ password: String, from source: String
        ) async throws -> (status: Int, time: Duration) {
            let prism = try ConformanceCluster.running().prism().anonymous
            let start = ContinuousClock.now
            let reply = try await prism.post(
                "/user/login", ["name": .text(name), "secret": .text(password)], from: source)
            return (reply.status, ContinuousClock.now - start)
        }

        @Test("take as long whatever the reason")
        func timing() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = cluster.plan.processes[0].prism
            var times: [String: [Duration]] = [:]
            for round in 1...5 {
                for kind in ["known", "disabled", "disabled, right password", "unknown"] {
                    // A fresh name and address each time: what is slowed later is another matter.
                    let name = "\(kind.prefix { $0.isLetter })-\(kind.count)-\(round)"
                    if kind != "unknown" {
                        try await Account(name: name).create(through: prism)
                    }
                    if kind.hasPrefix("disabled") {
                        let reply = try await WebConnection(to: .unix(prism.socket)).ask(
                            "POST", "/v1/accounts/\(name)/disable")
                        #expect(reply.status == 204, "\(reply.summary)")
                    }
                    let isRight = kind.hasSuffix("right password")
                    let result = try await logIn(
                        name, isRight ? ConformanceCluster.password : "a-wrong-password",
                        from: "127.0.6.\(round * 10 + kind.count % 9)")
                    #expect(result.status == 500, "\(kind)")
                    times[kind, default: []].append(result.time)
                }
            }
            // The least of each kind: what else the machine does only adds.
            let least = times.compactMapValues { $0.min() }
            let fastest = try #require(least.values.min())
            let slowest = try #require(least.values.max())
            #expect(slowest < fastest * 1.2, "\(times)")
        }

        @Test("wait longer each time, and lock nobody out")
        func slowing() async throws {
            let prism = try ConformanceCluster.running().plan.processes[0].prism
            try await Account(name: "slowed").create(through: prism)
            var times: [Duration] = []
            for _ in 0..<4 {
                let result = try await logIn("slowed", "a-wrong-password", from: "127.0.7.1")
                #expect(result.status == 500)
                times.append(result.time)
            }
            #expect(times[3] > times[1] && times[3] > .milliseconds(1000), "\(times)")
            let right = try await logIn("slowed", ConformanceCluster.password, from: "127.0.7.1")
            #expect(right.status == 200)
            let after = try await logIn("slowed", ConformanceCluster.password, from: "127.0.7.1")
            #expect(after.status == 200 && after.time < times[3], "\(after)")
        }

        @Test("by the hundred do not stop others")
        func many() async throws {
            let cluster = try ConformanceCluster.running()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await logIn("flood-\(number % 3)", "wrong", from: "127.0.7.9").status
                    }
                }
                for _ in 0..<10 {
                    let start = ContinuousClock.now
                    let reply = try await cluster.prism().post("/user/session/validate", [:])
                    #expect(reply.status == 200)
                    #expect(ContinuousClock.now - start < .seconds(10))
                }
                let other = try await logIn(
                    "tester", ConformanceCluster.password, from: "127.0.7.10")
                #expect(other.status == 200 && other.time < .seconds(30), "\(other)")
                for try await status in group {
                    #expect([429, 500, 503].contains(status))
                }
            }
        }
    }
}

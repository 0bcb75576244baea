import FoundationEssentials
import ProcessFixture

/// Makes contests of loads: both servers have everything in memory, and nginx its best setting.
enum Delivery {
    /// What a row is about.
    enum Counts: Sendable {
        /// Requests a second.
        case requests
        /// Processor seconds for 10^9 bytes.
        case processor
    }

    static func contest(
        _ load: DeliveryLoad, in arena: Arena, connections: Int, counts: Counts,
        isTLS: Bool = false, client: Client.Program = .wrk
    ) async throws -> Contest {
        let requests = try await load.requests(in: arena)
        let number = UInt32.random(in: 0...UInt32.max)
        let (ourList, theirList) = (
            "\(arena.folder)/\(number).ours", "\(arena.folder)/\(number).theirs"
        )
        for (lines, path) in [(requests.ours, ourList), (requests.theirs, theirList)] {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path))
        }
        let script = try Client.writeScript(in: arena.folder)
        let cluster = arena.cluster
        let seconds = arena.options.seconds
        let ours = Client(
            program: client, url: isTLS ? cluster.storeTLSURL : cluster.storeURL, list: ourList,
            script: script, connections: connections, peers: arena.peers)
        let theirs = arena.nginx.variants.map { variant in
            Client(
                program: client, url: isTLS ? variant.tlsURL : variant.url, list: theirList,
                script: script, connections: connections, peers: arena.peers)
        }
        // Everything once, so that blocks are checked and pages are in memory.
        try await read(requests.ours, at: ours.url)
        let variants = arena.nginx.variants
        let best = try await best(variants.indices, counts) { index in
            try await turn(theirs[index], 1, counts, variants[index].processorSeconds)
        }
        return Contest(
            ours: { try await turn(ours, seconds, counts, cluster.processorSeconds) },
            theirs: {
                try await turn(theirs[best], seconds, counts, variants[best].processorSeconds)
            }, peer: variants[best].name)
    }

    /// One run against one server.
    private static func turn(
        _ client: Client, _ seconds: Int, _ counts: Counts,
        _ processorSeconds: () throws -> Double
    ) async throws -> Sample {
        let before = try processorSeconds()
        let result = try await client.run(seconds: seconds)
        let spent = try processorSeconds() - before
        return switch counts {
        case .requests:
            Sample(
                value: result.requestsPerSecond, p99: result.p99, cost: spent / result.requests)
        case .processor:
            Sample(value: spent / result.gigabytes)
        }
    }

    /// The setting of nginx that does best in a short run.
    private static func best(
        _ variants: Range<Int>, _ counts: Counts, _ run: (Int) async throws -> Sample
    ) async throws -> Int {
        var values: [Double] = []
        for index in variants { values.append(try await run(index).value) }
        let order = variants.sorted { values[$0] < values[$1] }
        return switch counts {
        case .requests: order[order.count - 1]
        case .processor: order[0]
        }
    }

    private static func read(_ requests: [String], at url: String) async throws {
        let paths = Set(requests.compactMap { $0.split(separator: " ").first })
        let configuration = paths.map { "url = \"\(url)\($0)\"\noutput = /dev/null\n" }.joined()
        let result = try await run(
            "curl", ["-s", "-k", "-f", "-K", "-"], input: Array(configuration.utf8),
            limit: .seconds(120))
        try result.succeeded("reading all files at '\(url)'")
    }
}

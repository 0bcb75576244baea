import FoundationEssentials
import ProcessFixture

/// The client of a row about delivery: one thread, a list of requests over and over.
struct Client: Sendable {
    /// Which program asks.
    enum Program: Sendable {
        /// The usual one. Where bodies are large, reading them is most of the work, and it is the limit.
        case wrk
        /// `Peers/sip.c`, which has the kernel drop the bodies, so that the server is the limit.
        case sip
    }

    let program: Program
    /// Without a slash at the end.
    let url: String
    /// A file with a request in each line: the path, and perhaps a range behind it.
    let list: String
    /// What wrk is told to do.
    let script: String
    let connections: Int
    let peers: PeerPrograms

    /// Asks for `seconds` seconds.
    ///
    /// - Throws: `FixtureError` when an answer was an error, or missing.
    func run(seconds: Int) async throws -> LoadResult {
        switch program {
        case .wrk:
            let words = [
                "-t1", "-c\(connections)", "-d\(seconds)s", "--timeout", "30s", "-s", script, url,
                "--", list,
            ]
            return try LoadResult(await ProcessFixture.run("wrk", words), of: "wrk at '\(url)'")
        case .sip:
            guard let port = URL(string: url)?.port else {
                throw FixtureError("'\(url)' has no port")
            }
            return try await peers.run("sip", ["\(port)", "\(connections)", "\(seconds)", list])
        }
    }

    /// Writes the script that every run reads, and returns its path.
    static func writeScript(in folder: String) throws -> String {
        let path = "\(folder)/requests.lua"
        try Data(lua.utf8).write(to: URL(filePath: path))
        return path
    }

    private static let lua = """
        local requests, count, last = {}, 0, 0

        function init(arguments)
            for line in io.lines(arguments[1]) do
                local path, range = line:match("^(%S+) ?(.*)$")
                count = count + 1
                requests[count] = wrk.format("GET", path, range ~= "" and {Range = range} or nil)
            end
        end

        function request()
            last = last % count + 1
            return requests[last]
        end

        function done(summary, latency)
            local errors = summary.errors
            local sum = errors.connect + errors.read + errors.write + errors.status + errors.timeout
            io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests,
                summary.duration, summary.bytes, sum, latency:percentile(99)))
        end

        """
}

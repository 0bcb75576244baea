import Glibc
import SFSClient
import SFSCore

/// The life of one verb: connection, interruption, message, exit status.
enum Execution {
    /// Runs `verb` and returns the exit status of the process.
    static func run(_ verb: some Verb) async -> Int32 {
        let output = Output(isJSON: verb.global.json, isQuiet: verb.global.quiet)
        do {
            let endpoint = try Endpoint(verb.global, environment: Environment.value(of:))
            let answer = try await withPrism(endpoint, for: verb) { prism in
                try await verb.perform(Session(prism: prism, output: output))
            }
            return answer.exitStatus
        } catch let interruption as Interruption {
            return interruption.exitStatus
        } catch is ReaderGone {
            return dieOfPipe()
        } catch {
            let error = SFSError(wrapping: error)
            output.fail(error)
            return error.code.exitStatus
        }
    }

    private static func withPrism(
        _ endpoint: Endpoint, for verb: any Verb,
        _ body: (PrismClient) async throws -> Answer
    ) async throws -> Answer {
        var limits = HTTPLimits()
        limits.stallTimeout = verb.stallTimeout
        limits.answerTimeout = verb.answerTimeout
        let transport = HTTPTransport(
            endpoint.address, token: endpoint.token, limits: limits,
            remedy: "start one with 'sfsd dev' or 'systemctl start sfsd'")
        do {
            let answer = try await body(PrismClient(transport))
            await transport.shutdown()
            return answer
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Ends as every program ends whose reader has gone, so that a shell sees what it knows.
    private static func dieOfPipe() -> Int32 {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        return 128 + SIGPIPE
    }
}

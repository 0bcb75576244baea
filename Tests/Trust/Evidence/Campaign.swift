import Dispatch
import Foundation
import Glibc
import ProcessFixture

/// The life of a campaign's process.
package enum Campaign {
    /// The exit status of a campaign that this machine cannot run.
    private static let skipped: Int32 = 77
    /// The exit status of a campaign that failed itself.
    private static let failed: Int32 = 2

    /// Runs `body` with what the command line says, and exits with the status that it returns.
    ///
    /// `missing` says why this machine cannot be used, in which case the status is 77. SIGINT and
    /// SIGTERM cancel `body`, so that it ends its processes and unmounts its disks.
    package static func run(
        _ name: String, missing: @escaping @Sendable () async throws -> String?,
        _ body: @escaping @Sendable (CampaignOptions) async throws -> Int32
    ) async -> Never {
        let work = Task {
            if let reason = try await missing() {
                Verdict.say("\(name): skipped: \(reason)")
                return skipped
            }
            return try await body(CampaignOptions(Array(CommandLine.arguments.dropFirst())))
        }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { work.cancel() }
            source.activate()
            return source
        }
        let status: Int32
        do {
            status = try await work.value
        } catch {
            let reason = error is CancellationError ? "interrupted" : "\(error)"
            FileHandle.standardError.write(Data("\(name): \(reason)\n".utf8))
            status = error is CancellationError ? 130 : failed
        }
        withExtendedLifetime(sources) { exit(status) }
    }
}

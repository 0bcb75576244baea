import SFSCore

/// Asking the daemon again and again until it tells that something has ended.
struct Poll {
    let output: Output

    private static let firstDelay = Duration.milliseconds(50)
    private static let delayMaximum = Duration.seconds(1)
    /// A prism that is started again, or a catalog that fails over, is waited for so long.
    private static let failurePatience = Duration.seconds(120)

    /// Calls `ask` until it gives something, more and more seldom.
    ///
    /// What it asks about goes on without us, so a daemon that is away for a while is asked again.
    ///
    /// - Throws: what `ask` throws when it is no passing failure, or has not passed in two minutes.
    func until<Value>(_ ask: () async throws -> Value?) async throws -> Value {
        var delay = Self.firstDelay
        var failedSince: ContinuousClock.Instant?
        while true {
            do {
                if let value = try await ask() { return value }
                failedSince = nil
            } catch let error as SFSError where Self.mayPass(error) {
                let start = failedSince ?? .now
                guard .now - start < Self.failurePatience else { throw error }
                if failedSince == nil { output.note("\(error.message); trying again") }
                failedSince = start
            }
            try await Task.sleep(for: delay)
            delay = min(Self.delayMaximum, delay * 2)
        }
    }

    private static func mayPass(_ error: SFSError) -> Bool {
        switch error.code {
        case .unavailable, .timeout, .busy, .io: true
        case .notFound, .partial, .usage, .invalidHash, .hashMismatch, .corrupt, .noInput,
            .internal, .conflict, .noSpace, .protocol, .denied, .unauthenticated, .expired,
            .tooLarge, .rangeNotSatisfiable, .preconditionFailed, .configuration:
            false
        }
    }
}

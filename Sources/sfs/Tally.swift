import SFSCore

/// Names each thing that fails, counts, and knows in the end how it went.
struct Tally {
    let output: Output
    private var count = 0
    private var failures = 0
    private var firstFailure: ErrorCode?

    init(output: Output) {
        self.output = output
    }

    /// Notes that the next thing was done.
    mutating func succeed() {
        count += 1
    }

    /// Shows why the next thing was not done.
    mutating func fail(_ error: SFSError) {
        count += 1
        failures += 1
        firstFailure = firstFailure ?? error.code
        output.fail(error)
    }

    /// Does the next thing; an `SFSError` is shown, and the rest can go on.
    mutating func attempt(_ body: () async throws -> Void) async throws {
        do {
            try await body()
            succeed()
        } catch let error as SFSError {
            fail(error)
        }
    }

    /// One thing that fails gives its own status, some of several give `partial`.
    ///
    /// `failed` ends the sentence "2 of 3 …", for example `files were not put`.
    func answer(_ failed: String) -> Answer {
        guard let firstFailure else { return .yes }
        guard count > 1 else { return .failed(firstFailure) }
        output.fail(SFSError(.partial, "\(failures) of \(count) \(failed)"))
        return .failed(.partial)
    }
}

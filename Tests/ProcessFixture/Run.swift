import Glibc

/// What a program did that ran to its end.
package struct ProgramResult: Sendable {
    /// Exit status, or a signal.
    package let end: ProgramEnd
    /// All that it wrote to its standard output.
    package let output: [UInt8]
    /// All that it wrote to its standard error.
    package let errors: [UInt8]

    /// The status as a shell has it.
    package var status: Int32 { end.status }
    /// The output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
    /// The errors as text.
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
    /// The output's lines, without their ends.
    package var lines: [String] { text.split(whereSeparator: \.isNewline).map(String.init) }

    /// Returns this.
    ///
    /// - Throws: `FixtureError` with what was written to the standard error, unless the
    ///   status is 0.
    @discardableResult
    package func succeeded(_ what: String) throws -> ProgramResult {
        guard status == 0 else { throw FixtureError("\(what): \(end): \(errorText.suffix(2000))") }
        return self
    }
}

/// Runs `program` to its end.
///
/// `program` is a path, or a name in `PATH`. `input` is its standard input, a file for it and not a
/// pipe; put `sh -c 'cat FILE | …'` around it where that matters. `environment` is added to ours,
/// from which every `SFS_…` variable is taken away. Cancellation kills it.
///
/// - Throws: `FixtureError` when it cannot be started, or when it ran longer than `limit` and was
///   killed.
package func run(
    _ program: String, _ arguments: [String] = [], input: [UInt8] = [],
    environment: [String: String] = [:], folder: String? = nil, limit: Duration = .seconds(120)
) async throws -> ProgramResult {
    try await run(
        program, bytes: arguments.map { Array($0.utf8) }, input: input, environment: environment,
        folder: folder, limit: limit)
}

/// The same, with arguments in any bytes but NUL.
package func run(
    _ program: String, bytes arguments: [[UInt8]], input: [UInt8] = [],
    environment: [String: String] = [:], folder: String? = nil, limit: Duration = .seconds(120)
) async throws -> ProgramResult {
    let streams = try [
        Descriptor.anonymous(input), Descriptor.anonymous(), Descriptor.anonymous(),
    ]
    let running = try await RunningProgram.start(
        Launch(
            program: program, arguments: arguments, environment: environment, folder: folder,
            streams: streams))
    do {
        let end = try await running.ended(within: limit)
        return ProgramResult(
            end: end, output: streams[1].contents(), errors: streams[2].contents())
    } catch {
        try await running.killAlthoughCancelled()
        throw error
    }
}

extension RunningProgram {
    /// Kills it where the task may be cancelled already, so that nothing can be awaited for long.
    fileprivate func killAlthoughCancelled() async throws {
        send(SIGKILL)
        while end == nil { await Task.yield() }
    }
}

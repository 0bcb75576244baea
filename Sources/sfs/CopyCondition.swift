import ArgumentParser

/// Which contents are passed over, by the number of their copies.
///
/// `below` beats `at`, and `at` beats `above`, as it always was.
struct CopyCondition: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Only contents with fewer copies than this.", valueName: "count"))
    var below: Int?

    @Option(help: ArgumentHelp("Only contents with exactly so many copies.", valueName: "count"))
    var at: Int?

    @Option(help: ArgumentHelp("Only contents with more copies than this.", valueName: "count"))
    var above: Int?

    func validate() throws {
        if [below, at, above].compactMap(\.self).contains(where: { $0 < 0 }) {
            throw ValidationError("a number of copies is not negative")
        }
    }

    /// `at`, unless `below` beats it.
    var atAlone: Int? { below == nil ? at : nil }
    /// `above`, unless another beats it.
    var aboveAlone: Int? { below == nil && at == nil ? above : nil }
}

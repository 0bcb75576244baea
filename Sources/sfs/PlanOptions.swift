import ArgumentParser

/// How a plan that moves contents is made and carried out.
struct PlanOptions: ParsableArguments, Sendable {
    @OptionGroup var audit: AuditOptions

    @Option(
        help: ArgumentHelp(
            "Move so many bytes a second at each store, at most: 20M, 64MiB.", valueName: "rate"))
    var bwlimit: Rate?

    @Option(
        help: ArgumentHelp("Have each store do so many tasks at once, at most.", valueName: "count")
    )
    var concurrency: Int?

    @Flag(help: "Do not wait until it is done.")
    var detach = false

    private static let concurrencyMaximum = 64

    func validate() throws {
        if let concurrency, !(1...Self.concurrencyMaximum).contains(concurrency) {
            throw ValidationError("--concurrency must be from 1 to \(Self.concurrencyMaximum)")
        }
    }

    /// All of it.
    var terms: PlanTerms {
        PlanTerms(
            dryRun: audit.dryRun, bandwidth: bwlimit?.bytesPerSecond, concurrency: concurrency,
            reason: audit.reason, isDetached: detach)
    }
}

/// What every plan takes: only showing it, and why it is made.
struct AuditOptions: ParsableArguments, Sendable {
    @Flag(help: "Only show what would be done; the plan is not kept.")
    var dryRun = false

    @Option(help: ArgumentHelp("Why, for the audit.", valueName: "text"))
    var reason: String?

    private static let reasonLengthMaximum = 200

    func validate() throws {
        if let reason, reason.isEmpty || reason.count > Self.reasonLengthMaximum {
            throw ValidationError(
                "--reason must have from 1 to \(Self.reasonLengthMaximum) characters")
        }
    }
}

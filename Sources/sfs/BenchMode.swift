import ArgumentParser

/// One kind of request that `sfs bench` measures.
enum BenchMode: String, CaseIterable, Sendable, Encodable, ExpressibleByArgument {
    case put
    case get
    case range
    case purchase
    case play

    /// All, for help.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

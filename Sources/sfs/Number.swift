import ArgumentParser

/// The number of a plan or a task, at least 1.
struct Number: ExpressibleByArgument {
    let value: Int64

    /// `nil` for what is no number.
    init?(argument: String) {
        guard let value = Int64(argument), value > 0 else { return nil }
        self.value = value
    }
}

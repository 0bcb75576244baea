/// Text that nobody can guess.
package enum RandomText {
    private static let letters = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    /// `length` letters and digits from the kernel's random numbers, 5.95 bits each.
    package static func make(length: Int) -> String {
        var generator = KernelRandom()
        return String(
            (0..<length).map { _ in letters[Int.random(in: letters.indices, using: &generator)] })
    }
}

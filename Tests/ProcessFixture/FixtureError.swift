/// Why a test could not be carried out, or what a program did that it should not have done.
package struct FixtureError: Error, CustomStringConvertible {
    /// One sentence, perhaps with the end of a log behind it.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

import ArgumentParser
import SFSCore
import SFSWire

// Values of our own as words of the command line, read once and by one parser each.

extension MemberName: ExpressibleByArgument {
    /// `nil` for what is no name.
    package init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        guard let name = try? MemberName(parsing: argument) else { return nil }
        self = name
    }
}

extension Role: ExpressibleByArgument {}
extension PlanState: ExpressibleByArgument {}
extension TaskState: ExpressibleByArgument {}
extension PruneKind: ExpressibleByArgument {}
extension StorePurpose: ExpressibleByArgument {}

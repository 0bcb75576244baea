/// Why a plan does not do with a content all that it was asked to.
package enum LeaveReason: String, Sendable, Hashable, CaseIterable {
    case busy = "tasks that exist already move it"
    case noLiveCopy = "no store that is up holds it"
    case lacking = "it has fewer copies than it wants; repair comes first"
    case tooFew = "giving a copy up would leave fewer than the minimum"
    case protected = "a rule keeps it where it is"
    case holderAway = "a store that holds it is away"
    case noStore = "no other store may take it"
    case noRoom = "no store that may take it has room below the high-water mark"
    case spread = "moving it would put more of its copies into one zone or onto one host"
    case size = "it is too large to make the fill more even"
    case planFull = "the plan is full; make another one after it"
}

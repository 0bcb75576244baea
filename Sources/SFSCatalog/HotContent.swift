package import SFSCore

/// A content that is read much.
package struct HotContent: Sendable, Hashable {
    package var content: PlanningContent
    /// Times that it was read within the time that was asked for.
    package var hits: Int64

    package init(content: PlanningContent, hits: Int64) {
        self.content = content
        self.hits = hits
    }
}

/// What became of the order to retire a store.
package enum RetireCheck: Sendable, Hashable {
    /// It holds nothing more, as far as the cluster is concerned, and may not come back.
    case retired
    /// So many contents need it: too few others would be left, or their rules keep them there.
    case refused(contents: Int64)
}

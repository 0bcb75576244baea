/// What tasks are about to change on a store, and what it gave up lately.
package struct StoreMovement: Sendable, Hashable {
    /// Bytes that tasks will bring: replicas that will count.
    package var arrivingBytes: Int64
    /// Bytes that tasks will bring: replicas for load only.
    package var extraBytes: Int64
    /// Bytes that tasks will take away.
    package var leavingBytes: Int64
    /// Bytes that lie in its trash and will be free again.
    package var trashBytes: Int64
    /// Tasks of no plan that are to bring it a replica and wait or run: those of repair.
    package var repairTasks: Int

    package init(
        arrivingBytes: Int64 = 0, extraBytes: Int64 = 0, leavingBytes: Int64 = 0,
        trashBytes: Int64 = 0, repairTasks: Int = 0
    ) {
        self.arrivingBytes = arrivingBytes
        self.extraBytes = extraBytes
        self.leavingBytes = leavingBytes
        self.trashBytes = trashBytes
        self.repairTasks = repairTasks
    }
}

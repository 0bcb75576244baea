import SFSCatalog
import SFSCore
import SFSVolume
import SFSWire

extension Work {
    /// Reads all bytes of the replica again.
    ///
    /// A bad or missing one is no failure of the task: it is off the row by then, and repair makes
    /// another.
    func verify(_ task: TaskRecord) async throws {
        do {
            _ = try await store.verify(task.hash)
        } catch let error as SFSError where [.corrupt, .notFound].contains(error.code) {
        }
        _ = try await store.catalog.finishTask(task)
    }
}

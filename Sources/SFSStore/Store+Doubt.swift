import Logging
import SFSCore

extension Store {
    /// Has the replica of `hash` read as a whole soon, because some of its bytes turned out bad: it
    /// goes to quarantine, and repair makes another.
    func doubt(_ hash: ContentHash) {
        proofs.forget(hash)
        withdraw(hash)
        // When too many wait already it is found at the next reading.
        doubts.add(hash)
    }

    /// Reads what is doubted, one after the other, until the caller is cancelled.
    func judgeDoubts() async {
        for await hash in doubts.hashes {
            doubts.remove(hash)
            do {
                _ = try await judge(hash)
            } catch {
                logger.warning(
                    "cannot verify a replica that is doubted",
                    metadata: ["hash": "\(hash)", "error": "\(error)"])
            }
        }
    }
}

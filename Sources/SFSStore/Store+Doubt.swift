import Logging
import SFSCore

extension Store {
    /// Has the replica of `hash` read as a whole soon, because some of its bytes turned out bad, or
    /// its file is not there: it goes to quarantine, or off the record, and repair makes another.
    func doubt(_ hash: ContentHash) {
        proofs.forget(hash)
        withdraw(hash)
        // When too many wait already it is found at the next reading.
        doubts.add(hash)
    }

    /// Runs `body`, which reads the replica of `hash`, and doubts that when it turns out bad.
    func doubting<Result>(
        _ hash: ContentHash, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as SFSError where error.code == .corrupt {
            doubt(hash)
            throw error
        }
    }

    /// Reads what is doubted, one after the other, until the caller is cancelled.
    func judgeDoubts() async {
        for await hash in doubts.hashes {
            await doubts.judging(hash) {
                do {
                    switch try await judge(hash) {
                    case nil: try await settleMissing(hash)
                    case .good?: try await settleDamaged(hash)
                    case .bad?: break
                    }
                } catch {
                    logger.warning(
                        "cannot verify a replica that is doubted",
                        metadata: ["hash": "\(hash)", "error": "\(error)"])
                }
            }
        }
    }
}

import Logging
import SFSCore
import SFSVolume

extension Store {
    /// Tries the disk of `service` when it failed a while ago, and trusts it again when it is well.
    ///
    /// What it remembers from before is not believed: replicas are read again before they prove
    /// anything, and an inventory looks for what was lost.
    func tryDiskAgain(_ service: Service) async {
        let start = ContinuousClock.now
        guard trust(of: service)?.isTrialDue(at: start) == true else { return }
        do {
            try await withTimeLimit(Self.trialLimit, "the disk") { [self] in
                try await onDisk { try service.volume.tryDisk() }
            }
        } catch {
            // Whatever it was, the next trial waits for its turn.
            let message = SFSError(wrapping: error).message
            _ = changeTrust(of: service) { $0.fail(message, at: .now) }
            return logger.warning("the disk still fails", metadata: ["error": "\(error)"])
        }
        proofs.forgetAll()
        schedule.noteOpening(after: nil)
        guard changeTrust(of: service, { $0.pass(begunAt: start) }) else { return }
        logger.notice("the disk is trusted again", metadata: ["volume": "\(settings.folder)"])
    }

    private static let trialLimit: Duration = .seconds(10)
}

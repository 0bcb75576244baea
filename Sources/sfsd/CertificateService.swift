import Logging
import SFSCore
import SFSHTTP
import ServiceLifecycle
import UnixSignals

/// Has the certificates of all listeners read again on SIGHUP.
///
/// Those that cannot be used stay as they were: nothing here ends the daemon.
struct CertificateService: Service {
    let doors: [Door]
    /// Trapped since the start of the daemon, which a SIGHUP would end otherwise.
    let hangUps: UnixSignalsSequence
    let logger: Logger

    func run() async throws {
        for await _ in hangUps.cancelOnGracefulShutdown() { readAgain() }
    }

    private func readAgain() {
        var areAllGood = true
        for door in doors {
            do {
                try door.server.reloadCertificates()
            } catch {
                areAllGood = false
                logger.error(
                    "certificates stay as they were",
                    metadata: ["member": "\(door.name)", "error": "\(error)"])
            }
        }
        if areAllGood { logger.notice("certificates were read again") }
    }
}

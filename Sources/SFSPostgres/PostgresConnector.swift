import CLibPQ
import Glibc
import SFSCore

/// Opens connections, host after host, beginning with the one that worked last.
///
/// Used by one thread, which it blocks up to the time-out of a host.
final class PostgresConnector {
    private let targets: [PostgresTarget]
    private let timeout: Duration
    private var first = 0
    private var sessionCount = 0

    init(targets: [PostgresTarget], timeout: Duration) {
        self.targets = targets
        self.timeout = timeout
    }

    /// A session with the first host that accepts one, or why each did not.
    ///
    /// Between two steps it asks `isCancelled`, waking up for `wake`.
    func connect(
        wake: WakeSignal, isCancelled: () -> Bool
    ) -> Result<PostgresSession, PostgresFailure> {
        var details: [String] = []
        for offset in targets.indices {
            let index = (first + offset) % targets.count
            switch attempt(targets[index], wake, isCancelled) {
            case .success(let session):
                first = index
                return .success(session)
            case .failure(let failure): details.append("\(targets[index].name): \(failure.detail)")
            }
        }
        return .failure(PostgresFailure(.unreachable, details.joined(separator: "; ")))
    }

    private func attempt(
        _ target: PostgresTarget, _ wake: WakeSignal, _ isCancelled: () -> Bool
    ) -> Result<PostgresSession, PostgresFailure> {
        guard let connection = unsafe start(target) else {
            return .failure(PostgresFailure(.unreachable, "out of memory"))
        }
        let deadline = ContinuousClock.now + timeout
        var next = PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            var reason: String?
            if unsafe next == PGRES_POLLING_FAILED || PQstatus(connection) == CONNECTION_BAD {
                reason = unsafe String(cString: PQerrorMessage(connection))
            } else if isCancelled() {
                reason = "closed"
            } else if ContinuousClock.now >= deadline {
                reason = "no answer within \(timeout)"
            }
            if let reason {
                unsafe PQfinish(connection)
                return .failure(PostgresFailure(.unreachable, reason))
            }
            let events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT
            let arrived = SocketWait.wait(
                unsafe PQsocket(connection), for: events, wake: wake, until: deadline)
            if arrived { next = unsafe PQconnectPoll(connection) }
        }
        sessionCount += 1
        return .success(unsafe PostgresSession(connection, number: sessionCount))
    }

    private func start(_ target: PostgresTarget) -> OpaquePointer? {
        unsafe withCStrings(target.settings.map(\.keyword)) { keywords in
            unsafe withCStrings(target.settings.map(\.value)) { values in
                let keywords = unsafe UnsafeRawPointer(keywords)
                    .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
                let values = unsafe UnsafeRawPointer(values)
                    .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
                return unsafe PQconnectStartParams(keywords, values, 0)
            }
        }
    }
}

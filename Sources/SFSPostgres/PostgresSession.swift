import CLibPQ
import SFSCore

/// One open connection in libpq's pipeline mode; used by one thread only.
///
/// Each statement has a synchronisation point of its own, so the server ends its transaction
/// there and an error stays with it. A statement counts as done when that point has come back and
/// not before: only then the server has committed.
@safe
final class PostgresSession {
    /// Tells this session from others of the same process.
    let number: Int
    /// Whether no more statements should be sent: it is left once the last answer is there.
    private(set) var isRetired = false

    private let connection: OpaquePointer
    private var underway: [Underway] = []
    private var prepared: [StatementKey: Preparation] = [:]
    private var preparedCount = 0

    /// More different statements than this are sent without being prepared by name.
    private static let preparedMaximum = 256

    /// One statement that was sent.
    private struct Underway {
        let request: PostgresRequest
        let key: StatementKey
        let answerBy: ContinuousClock.Instant
        /// The name under which it is being prepared, until the server has said that it is.
        var preparing: String?
        /// Whether it was prepared by an earlier one.
        let isPrepared: Bool
        var answer: Result<[PostgresRow], any Error> = .success([])
    }

    private struct StatementKey: Hashable {
        let statement: String
        let types: [UInt32]
    }

    private enum Preparation {
        case underway
        case ready(name: String)
    }

    /// Takes over an open connection.
    init(_ connection: OpaquePointer, number: Int) {
        unsafe self.connection = unsafe connection
        self.number = number
        unsafe PQsetnonblocking(connection, 1)
        unsafe PQenterPipelineMode(connection)
        _ = unsafe PQsetNoticeReceiver(connection, { _, _ in }, nil)
    }

    deinit {
        unsafe PQfinish(connection)
    }

    var descriptor: Int32 { unsafe PQsocket(connection) }

    var underwayCount: Int { underway.count }

    /// When the oldest statement under way should have been answered.
    var answerBy: ContinuousClock.Instant? { underway.first?.answerBy }

    /// What libpq knows of a broken connection.
    var detail: String { unsafe String(cString: PQerrorMessage(connection)) }

    // MARK: Sending

    /// Puts a statement under way; if the connection is broken, `receive()` will tell.
    func send(_ request: PostgresRequest) {
        let key = StatementKey(statement: request.statement, types: request.parameters.types)
        var preparing: String?
        var isPrepared = false
        let isSent: Bool
        switch prepared[key] {
        case .ready(let name):
            isPrepared = true
            isSent = execute(prepared: name, request.parameters)
        case nil where prepared.count < Self.preparedMaximum:
            preparedCount += 1
            let name = "statement_\(preparedCount)"
            preparing = name
            prepared[key] = .underway
            isSent = prepare(name, key) && execute(prepared: name, request.parameters)
        case .underway, nil:
            // Not by a name whose preparation may yet fail: that failure belongs to another.
            isSent = execute(request.statement, request.parameters)
        }
        var entry = Underway(
            request: request, key: key, answerBy: .now + request.timeout, preparing: preparing,
            isPrepared: isPrepared)
        if !isSent { entry.answer = .failure(PostgresFailure(.lost, detail)) }
        underway.append(entry)
        unsafe PQpipelineSync(connection)
    }

    /// Sends what waits in libpq's buffer; says whether some of it still waits, `nil` when the
    /// connection is broken.
    func flush() -> Bool? {
        switch unsafe PQflush(connection) {
        case 0: false
        case 1: true
        default: nil
        }
    }

    private func prepare(_ name: String, _ key: StatementKey) -> Bool {
        unsafe PQsendPrepare(
            connection, name, key.statement, Int32(key.types.count), key.types) == 1
    }

    private func execute(prepared name: String, _ parameters: PostgresEncoder) -> Bool {
        unsafe withPointers(to: parameters) { values, lengths, formats in
            unsafe PQsendQueryPrepared(
                connection, name, Int32(lengths.count), values, lengths, formats, Self.binary)
        } == 1
    }

    private func execute(_ statement: String, _ parameters: PostgresEncoder) -> Bool {
        unsafe withPointers(to: parameters) { values, lengths, formats in
            unsafe PQsendQueryParams(
                connection, statement, Int32(lengths.count), parameters.types, values, lengths,
                formats, Self.binary)
        } == 1
    }

    private static let binary: Int32 = 1

    private func withPointers<R>(
        to parameters: PostgresEncoder,
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> R
    ) -> R {
        unsafe parameters.bytes.withUnsafeBytes { bytes in
            let values = unsafe parameters.ranges.map { range in
                unsafe range.flatMap { range in
                    unsafe bytes.baseAddress?.advanced(by: range.lowerBound)
                        .assumingMemoryBound(to: CChar.self)
                }
            }
            let lengths = parameters.ranges.map { Int32($0?.count ?? 0) }
            return unsafe body(values, lengths, parameters.ranges.map { _ in Self.binary })
        }
    }

    // MARK: Receiving

    /// Takes in what has arrived and settles what is complete; `false` when the connection is
    /// broken.
    func receive() -> Bool {
        let isAlive = unsafe PQconsumeInput(connection) == 1
        // One NULL ends the results of a statement; a second one means that nothing is there.
        var nullCount = 0
        while !underway.isEmpty, nullCount < 2, unsafe PQisBusy(connection) == 0 {
            guard let result = unsafe PQgetResult(connection) else {
                nullCount += 1
                continue
            }
            nullCount = 0
            unsafe take(result)
            unsafe PQclear(result)
        }
        return unsafe isAlive && PQstatus(connection) == CONNECTION_OK
    }

    /// Fails all that is under way.
    func abandon(_ kind: PostgresFailure.Kind, _ detail: String) {
        for entry in underway { entry.request.fail(kind, detail) }
        underway = []
    }

    /// Handles one result of the oldest statement under way.
    private func take(_ result: OpaquePointer) {
        switch unsafe PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC: finishFirst()
        case PGRES_TUPLES_OK: underway[0].answer = Result { try unsafe rows(of: result) }
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            guard let name = underway[0].preparing else { return }
            underway[0].preparing = nil
            prepared[underway[0].key] = .ready(name: name)
        case PGRES_PIPELINE_ABORTED: break
        default: unsafe takeRefusal(result)
        }
    }

    private func takeRefusal(_ result: OpaquePointer) {
        let entry = underway[0]
        // The first refusal is the reason of those that follow.
        guard case .success = entry.answer else { return }
        let state = unsafe field(Self.sqlState, of: result)
        var failure = PostgresFailure(
            .refused(state), unsafe field(Self.primaryMessage, of: result))
        if entry.preparing != nil { prepared[entry.key] = nil }
        // "cached plan must not change result type", "prepared statement does not exist".
        if entry.isPrepared, state == "0A000" || state == "26000" {
            prepared[entry.key] = nil
            failure.isStalePlan = true
        }
        underway[0].answer = .failure(failure)
    }

    private func finishFirst() {
        let entry = underway.removeFirst()
        switch entry.answer {
        case .success(let rows):
            entry.request.answer.settle(.success(PostgresAnswer(rows: rows, session: number)))
        case .failure(let error):
            if let failure = error as? PostgresFailure, failure.endsSession { isRetired = true }
            entry.request.answer.settle(.failure(error))
        }
    }

    private func rows(of result: OpaquePointer) throws(SFSError) -> [PostgresRow] {
        let columns = unsafe 0..<PQnfields(result)
        let names = columns.map { unsafe String(cString: PQfname(result, $0)) }
        let types = columns.map { unsafe PQftype(result, $0) }
        var rows: [PostgresRow] = []
        for row in unsafe 0..<PQntuples(result) {
            var values: [PostgresValue] = []
            values.reserveCapacity(columns.count)
            for column in columns {
                guard unsafe PQgetisnull(result, row, column) == 0,
                    let start = unsafe PQgetvalue(result, row, column)
                else {
                    values.append(.null)
                    continue
                }
                let count = unsafe Int(PQgetlength(result, row, column))
                let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
                values.append(try PostgresDecoder.value(bytes, type: types[Int(column)]))
            }
            rows.append(PostgresRow(names: names, values: values))
        }
        return rows
    }

    // libpq's PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY, macros that Swift does not see.
    private static let sqlState = Int32(UInt8(ascii: "C"))
    private static let primaryMessage = Int32(UInt8(ascii: "M"))

    private func field(_ code: Int32, of result: OpaquePointer) -> String {
        unsafe PQresultErrorField(result, code).map { unsafe String(cString: $0) } ?? ""
    }
}

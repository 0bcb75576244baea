/// Limits and time-outs of the use of one PostgreSQL database.
package struct PostgresOptions: Sendable {
    /// What `pg_stat_activity` shows.
    package var applicationName = "sfsd"
    /// Connections that single statements share which only read, at least one.
    package var readers = 2
    /// Connections that single statements share which write, at least one: their commits wait
    /// for the disk one after the other, but those of several connections together.
    package var writers = 8
    /// Statements that may wait or be under way on one connection; one more is refused with
    /// `.busy`.
    package var statementsMaximum = 4096
    /// Transactions that run at once, each on a connection of its own.
    package var transactionsMaximum = 8
    /// Transactions that may wait for a connection; one more is refused with `.busy`.
    package var transactionsWaitingMaximum = 512
    /// How long a call waits for a connection before it fails; below the two seconds of promise C5.
    package var reachTimeout: Duration = .milliseconds(1500)
    /// How long one host may take to accept a connection.
    package var connectTimeout: Duration = .seconds(2)
    /// After this the server cancels a statement.
    package var statementTimeout: Duration = .seconds(10)
    /// After this the server gives up waiting for a lock.
    package var lockTimeout: Duration = .seconds(2)
    /// After this the server ends a transaction that does nothing.
    package var idleInTransactionTimeout: Duration = .seconds(30)
    /// How long sent bytes may stay unacknowledged by the peer's kernel (TCP only).
    package var unacknowledgedTimeout: Duration = .seconds(5)

    /// The defaults, each of which may be changed before use.
    package init() {}

    /// How long to wait for an answer before the connection counts as dead: the server's own
    /// time-out comes first when it is alive.
    var answerTimeout: Duration { statementTimeout + .seconds(2) }
}

extension Duration {
    /// Whole milliseconds, as PostgreSQL's settings and poll(2) want them.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

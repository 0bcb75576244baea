package import SFSCore

/// How the database of a catalog is doing.
package struct CatalogCondition: Sendable, Hashable {
    /// The database's clock.
    package var now: Timestamp
    /// Of the server, for example `15.18`.
    package var serverVersion: String
    /// The major version, for example `15`.
    package var serverMajor: Int
    /// Whether what it has committed is on its disk.
    package var isDurable: Bool
    /// Number of the last migration.
    package var schema: Int32
    /// Number of the last migration that this program knows.
    package var schemaKnown: Int32
    /// Bytes of the database.
    package var bytes: Int64
    /// Connections to the server, and how many it allows.
    package var connections: Int64
    package var connectionsMaximum: Int64
    /// Transactions until the server stops to protect its data, were nothing vacuumed any more.
    package var transactionsLeft: Int64
    /// Tables of which much is dead, worst first.
    package var worn: [WornTable]
    /// Whether the catalog is being made anew from volumes.
    package var isRebuilding: Bool
}

/// A table that vacuum does not keep up with.
package struct WornTable: Sendable, Hashable {
    package var name: String
    package var liveRows: Int64
    package var deadRows: Int64
    /// Since the last vacuum by itself or by somebody; `nil` = there was none.
    package var secondsSinceVacuum: Double?
}

/// All that is measured, in the order of the table.
enum Rows {
    ///
    /// Verify comes while the volumes have no more than the files of the rows before it, inventory
    /// when nobody is in the way of its many files any more.
    static let all: [Row] =
        DeliveryRows.all + [ScanRows.verify] + IngestRows.all + MemoryRows.all + CatalogRows.all
        + [ScanRows.inventory] + CommandRows.all
}

/// All that is measured, in the order of the table.
enum Rows {
    static let all: [Row] =
        DeliveryRows.all + IngestRows.all + MemoryRows.all + CatalogRows.all + ScanRows.all
        + CommandRows.all
}

import Evidence
import Foundation
import ProcessFixture

/// Looks whether a disk holds what was promised before its power was cut.
struct StateCheck {
    let disk: CuttableDisk
    let layout: ClusterLayout
    let server: PostgresServer
    let programs: Programs
    let plant: Plant?
    /// Scratch files.
    let folder: String
    private var audit: DiskAudit

    /// A state in which the whole cluster is started, and not only its database.
    private static let wholeEvery = 10
    /// A state in which every file is hashed, also those that were good in an earlier state: what
    /// was on the disk then is on it now.
    private static let afreshEvery = 25

    init(
        disk: CuttableDisk, layout: ClusterLayout, server: PostgresServer, programs: Programs,
        plant: Plant?, folder: String
    ) {
        self.disk = disk
        self.layout = layout
        self.server = server
        self.programs = programs
        self.plant = plant
        self.folder = folder
        audit = DiskAudit(volumes: layout.stores.map { ($0.name, $0.volume) })
    }

    /// What must never be, in sentences; empty = the state is good.
    mutating func violations(of state: CutState) async throws -> [String] {
        var copy = self
        let sentences = try await disk.mounted(state.image) {
            try await copy.look(at: state)
        }
        self = copy
        return sentences
    }

    private mutating func look(at state: CutState) async throws -> [String] {
        if state.number.isMultiple(of: Self.afreshEvery) { audit.forget() }
        var promised = state.promised
        if plant == .falseAck { promised.append(String(repeating: "0", count: 40)) }
        if let plant, [.tornFile, .lostCopy].contains(plant), let hash = promised.last {
            try spoil(hash, by: plant)
        }
        let findings = try await audit.look()
        var sentences = findings.violations
        do {
            try await server.start(log: "\(folder)/postgres.log")
        } catch {
            return sentences + ["PostgreSQL does not recover: \(error)"]
        }
        do {
            let rows = try await CatalogRows.read(server, "postgres")
            sentences += rows.violations(against: findings)
            sentences += Ledger.violations(of: promised, disks: findings, catalog: rows)
            if state.number.isMultiple(of: Self.wholeEvery) {
                sentences += try await startAndAsk(promised)
            }
        } catch let error as FixtureError {
            sentences.append(error.description)
        }
        try await server.stop(immediately: true)
        return sentences
    }

    /// Starts the whole cluster on the disk, and asks it for what was promised.
    private func startAndAsk(_ promised: [String]) async throws -> [String] {
        // A copy that is looked at in another run has another path.
        try layout.write()
        return try await withCluster(layout, programs, isNew: false) { cluster in
            var sentences = layout.stores.flatMap { store in
                FolderWalk.files(below: "\(store.volume)/spool").map {
                    "'\($0.path)' is left in the spool after the start"
                }
            }
            let list = Array((promised.joined(separator: "\n") + "\n").utf8)
            let exists = try await cluster.sfs(["exists", "--stdin", "--missing"], input: list)
            if exists.status != 0, !promised.isEmpty {
                sentences.append("'sfs exists' says: \(exists.text)\(exists.errorText)")
            }
            for hash in promised.suffix(3) {
                let path = "\(folder)/back"
                let result = try await cluster.sfs(["get", hash, "-o", path])
                guard result.status == 0,
                    let program = HashProgram.name(hexDigits: hash.utf8.count),
                    try await HashProgram.digest(of: path, by: program) == hash
                else {
                    sentences.append(
                        "'sfs get \(hash)' ended with \(result.end): \(result.errorText)")
                    continue
                }
            }
            return sentences
        }
    }

    private func spoil(_ hash: String, by plant: Plant) throws {
        for store in layout.stores {
            let files = FolderWalk.files(below: "\(store.volume)/content")
            if let file = files.first(where: { $0.name == hash }) {
                return try Sabotage.damage(file.path, by: plant)
            }
        }
    }
}

package import SFSCore

/// Everything that one `sfsd` is told: read once at its start, never changed.
///
/// It comes from one YAML file; environment variables (`Environment.variable(overriding:)`) and
/// flags overrule single values. sfsd.yaml(5) describes every key.
package struct Configuration: Sendable, Hashable {
    /// The cluster that this process belongs to.
    package let cluster: MemberName
    /// Absolute path of the folder for the private PostgreSQL and the lock.
    package let state: String
    /// What members prove themselves to each other with; at least 32 bytes.
    package let clusterKey: Secret
    /// Each of them opens `/v1` over TCP; empty = nobody but members may use it there.
    package let tokens: [Secret]
    /// The DNS name below which clients reach stores, as `<store>.<domain>`, in lower case; `nil` =
    /// they reach them by address.
    package let domain: String?
    /// The certificate of listeners with `tls: true` that name no other.
    package let tls: TLSConfiguration?
    /// The group whose members may use a Unix socket, besides root and the daemon's own user.
    package let operatorGroup: OperatorGroup?
    /// Replicas of a content when its client asks for no number; also the least that a client may
    /// ask for.
    package let copies: Int
    package let catalog: CatalogConfiguration
    package let log: LogConfiguration
    package let http: HTTPConfiguration
    package let ingest: IngestConfiguration
    package let delivery: DeliveryConfiguration
    package let purchase: PurchaseConfiguration
    package let accounts: AccountsConfiguration
    package let retrieve: RetrieveConfiguration
    package let health: HealthConfiguration
    package let tasks: TaskConfiguration
    package let repair: RepairConfiguration
    package let balance: BalanceConfiguration
    package let verify: VerifyConfiguration
    /// Unique by name, also among the stores.
    package let prisms: [PrismConfiguration]
    /// Unique by name and volume, also among the prisms.
    package let stores: [StoreConfiguration]
}

extension Configuration {
    /// Takes all settings out of the file's top section.
    ///
    /// Every section is read to its end before anything is given up, so that all mistakes show.
    init?(reading top: Section) {
        let cluster = top.required("cluster", .name)
        state = top.setting("state", .path, default: "/var/lib/stretchfs")
        let keyFile = top.required("clusterKeyFile", .path)
        let tokenFile = top.setting("tokenFile", .path)
        domain = top.setting("domain", .domain)
        let tls = TLSConfiguration(reading: top)
        let group = top.setting("operatorGroup", .text)
        copies = top.setting("copies", .count(1...16), default: 2)
        catalog = CatalogConfiguration(reading: top.section("catalog"))
        log = LogConfiguration(reading: top.section("log"))
        http = HTTPConfiguration(reading: top.section("http"))
        ingest = IngestConfiguration(reading: top.section("ingest"))
        delivery = DeliveryConfiguration(reading: top.section("delivery"))
        purchase = PurchaseConfiguration(reading: top.section("purchase"))
        accounts = AccountsConfiguration(reading: top.section("accounts"))
        retrieve = RetrieveConfiguration(reading: top.section("retrieve"))
        health = HealthConfiguration(reading: top.section("health"))
        tasks = TaskConfiguration(reading: top.section("tasks"))
        repair = RepairConfiguration(reading: top.section("repair"))
        balance = BalanceConfiguration(reading: top.section("balance"))
        verify = VerifyConfiguration(reading: top.section("verify"))
        let prisms = top.sections("prisms").map { PrismConfiguration(reading: $0, tls) }
        let stores = top.sections("stores").map { StoreConfiguration(reading: $0, tls) }

        let key = keyFile.flatMap { file in
            top.checked("clusterKeyFile") { () throws(SFSError) in try SecretFile.readKey(file) }
        }
        tokens =
            tokenFile.flatMap { file in
                top.checked("tokenFile") { () throws(SFSError) in
                    try SecretFile.readTokens(file)
                }
            } ?? []
        operatorGroup = group.flatMap { name in
            top.checked("operatorGroup") { () throws(SFSError) in
                try OperatorGroup(named: name)
            }
        }
        self.tls = tls
        self.prisms = prisms.compactMap(\.self)
        self.stores = stores.compactMap(\.self)
        Members(prisms: prisms, stores: stores).report(to: top)
        guard let cluster, let key else { return nil }
        self.cluster = cluster
        clusterKey = key
    }
}

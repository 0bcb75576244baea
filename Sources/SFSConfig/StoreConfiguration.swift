package import SFSCore

/// One store of this process.
package struct StoreConfiguration: Sendable, Hashable {
    /// Unique in the cluster.
    package let name: MemberName
    package let zone: MemberName
    /// Stores of one host fail together; the machine's own name when the file has none.
    package let host: MemberName
    /// Absolute path of the folder that it owns.
    package let volume: String
    /// Where other processes reach it; `nil` = its first TCP listener.
    package let url: String?
    /// IPv4 address by which clients reach it; `nil` when its listeners do not tell.
    package let address: String?
    /// IPv6 address by which clients reach it, without brackets; `nil` when its listeners do not
    /// tell.
    package let address6: String?
    /// Port by which clients reach it without TLS; `nil` = that of its first such listener.
    package let httpPort: Int?
    /// Port by which clients reach it with TLS; `nil` = that of its first such listener.
    package let httpsPort: Int?
    /// What HTTP Basic may say to it; empty = Basic is refused.
    package let credentials: [BasicCredential]
    /// None = only prisms of this process reach it.
    package let listen: [ListenerConfiguration]
    /// What is left free on the filesystem.
    package let minFreeBytes: ByteCount
    /// Threads that read and write its disk.
    package let diskThreads: Int
    /// Small contents that go to its disk together, at most.
    package let groupFiles: Int
    /// How long received bytes wait to be committed.
    package let spoolTimeout: Duration
}

extension StoreConfiguration {
    /// Reads one item of the list `stores`; `nil` once its mistakes are reported.
    ///
    /// `tls` is the certificate of listeners that name no other.
    init?(reading section: Section, _ tls: TLSConfiguration?) {
        let name = section.required("name", .name)
        let zone = section.required("zone", .name)
        let host =
            if let machine = MemberName.ofThisHost() {
                section.setting("host", .name, default: machine)
            } else {
                section.required("host", .name)
            }
        let volume = section.required("volume", .path)
        url = section.setting("url", .memberURL)
        let address = section.setting("address", .address)
        let address6 = section.setting("address6", .address6)
        httpPort = section.setting("httpPort", .count(1...65_535))
        httpsPort = section.setting("httpsPort", .count(1...65_535))
        credentials = BasicCredential.list(reading: section)
        listen = section.sections("listen").compactMap { ListenerConfiguration(reading: $0, tls) }
        minFreeBytes = section.setting(
            "minFreeBytes", .size(ByteCount(0)...ByteCount.gibibytes(1 << 20)),
            default: .mebibytes(64))
        diskThreads = section.setting("diskThreads", .count(1...64), default: 4)
        groupFiles = section.setting("groupFiles", .count(1...1024), default: 64)
        spoolTimeout = section.setting(
            "spoolTimeout", .duration(.seconds(1)...Duration.hours(24 * 7)), default: .hours(1))
        self.address = address ?? Self.address(in: listen, bytes: 4)
        self.address6 = address6 ?? Self.address(in: listen, bytes: 16)
        guard let name, let zone, let host, let volume else { return nil }
        self.name = name
        self.zone = zone
        self.host = host
        self.volume = volume
    }

    /// The address of the first listener that has one of this length; `nil` when there is none, or
    /// when it listens on every address.
    private static func address(in listen: [ListenerConfiguration], bytes: Int) -> String? {
        let found = listen.lazy.compactMap { listener -> IPNetwork? in
            guard case .tcp(let host, _, _) = listener else { return nil }
            // What is no address cannot be listened on, which the listener will say.
            return try? IPNetwork(parsing: host == "localhost" ? "127.0.0.1" : host)
        }.first { $0.bytes.count == bytes }
        guard let found, found.bytes.contains(where: { $0 != 0 }) else { return nil }
        return found.description
    }
}

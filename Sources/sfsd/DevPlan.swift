import SFSConfig

/// The configuration of a new development cluster.
///
/// Every zone has a prism, every store a host of its own, so that copies spread as they would on
/// real machines. All ports are picked by the kernel; every member listens with and without TLS.
struct DevPlan {
    let files: DevFiles
    let zones: Int
    let storesPerZone: Int

    /// Absolute paths of all volumes.
    var volumes: [String] {
        zoneNames.flatMap { zone in storeNames(in: zone).map(files.volume(of:)) }
    }

    /// The text of the file.
    var yaml: String {
        """
        # A cluster for development, made by 'sfsd dev'. See sfsd.yaml(5) for what may be here.
        \(EffectiveSetting.mapping(top))
        """
    }

    private var top: [EffectiveSetting.Entry] {
        [
            text("cluster", "dev"), text("state", files.folder),
            text("clusterKeyFile", files.clusterKey), text("tokenFile", files.token),
            text("certificate", files.certificate), text("key", files.certificateKey),
            EffectiveSetting.Entry("log", .mapping([text("level", "notice")])),
            EffectiveSetting.Entry("prisms", .sequence(zoneNames.map(prism(in:)))),
            EffectiveSetting.Entry(
                "stores",
                .sequence(
                    zoneNames.flatMap { zone in
                        storeNames(in: zone).map { store($0, in: zone) }
                    })),
        ]
    }

    private var zoneNames: [String] {
        (0..<zones).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
    }

    private func storeNames(in zone: String) -> [String] {
        (1...storesPerZone).map { "store-\(zone)\($0)" }
    }

    private func prism(in zone: String) -> EffectiveSetting {
        var listen = loopback
        if zone == zoneNames.first {
            listen.append(.mapping([text("socket", files.socket)]))
        }
        return .mapping([
            text("name", "prism-\(zone)"), text("zone", zone),
            text("credentialsFile", files.prismCredentials),
            EffectiveSetting.Entry("listen", .sequence(listen)),
        ])
    }

    private func store(_ name: String, in zone: String) -> EffectiveSetting {
        .mapping([
            text("name", name), text("zone", zone), text("host", "host-\(name.dropFirst(6))"),
            text("volume", files.volume(of: name)),
            text("credentialsFile", files.storeCredentials),
            EffectiveSetting.Entry("listen", .sequence(loopback)),
        ])
    }

    /// The plain listener is first, since its URL is the one that others are told.
    private var loopback: [EffectiveSetting] {
        let plain = [text("address", "127.0.0.1"), text("port", "0")]
        return [.mapping(plain), .mapping(plain + [text("tls", "true")])]
    }

    private func text(_ key: String, _ value: String) -> EffectiveSetting.Entry {
        EffectiveSetting.Entry(key, .scalar(value, .file))
    }
}

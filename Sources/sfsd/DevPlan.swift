import SFSConfig

/// The configuration of a new development cluster.
///
/// Every zone has a prism, every store a host of its own, so that copies spread as they would on
/// real machines. All ports are picked by the kernel.
struct DevPlan {
    let folder: String
    let keyFile: String
    let tokenFile: String
    /// The first prism's socket.
    let socket: String
    let zones: Int
    let storesPerZone: Int

    /// Absolute paths of all volumes.
    var volumes: [String] {
        zoneNames.flatMap { zone in storeNames(in: zone).map(volume(of:)) }
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
            text("cluster", "dev"), text("state", folder), text("clusterKeyFile", keyFile),
            text("tokenFile", tokenFile),
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

    private func volume(of store: String) -> String { "\(folder)/volumes/\(store)" }

    private func prism(in zone: String) -> EffectiveSetting {
        var listen = [loopback]
        if zone == zoneNames.first {
            listen.append(.mapping([text("socket", socket)]))
        }
        return .mapping([
            text("name", "prism-\(zone)"), text("zone", zone),
            EffectiveSetting.Entry("listen", .sequence(listen)),
        ])
    }

    private func store(_ name: String, in zone: String) -> EffectiveSetting {
        .mapping([
            text("name", name), text("zone", zone), text("host", "host-\(name.dropFirst(6))"),
            text("volume", volume(of: name)),
            EffectiveSetting.Entry("listen", .sequence([loopback])),
        ])
    }

    private var loopback: EffectiveSetting {
        .mapping([text("address", "127.0.0.1"), text("port", "0")])
    }

    private func text(_ key: String, _ value: String) -> EffectiveSetting.Entry {
        EffectiveSetting.Entry(key, .scalar(value, .file))
    }
}

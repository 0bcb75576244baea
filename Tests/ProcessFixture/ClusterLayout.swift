import Foundation
import Glibc
import Synchronization

/// The members of a cluster for tests, in which processes they run, and where their files are.
///
/// Zones are `a`, `b`, …; zone `a` has `prism-a`, `store-a1`, `store-a2`, …, each on a host of its
/// own.
package struct ClusterLayout: Sendable {
    /// How the members are spread over processes.
    package enum Split: String, Sendable, CaseIterable {
        /// One process, `all`.
        case one
        /// `prisms` and `stores`, which talk over HTTP.
        case prismsAndStores
        /// `prisms`, and the stores of each zone: `stores-a`, `stores-b`, …
        case zones
    }

    /// A store and its volume.
    package struct Store: Sendable, Hashable {
        package let name: String
        package let zone: String
        /// Absolute path of the volume.
        package let volume: String
        let port: Int
        let socket: String
    }

    /// One `sfsd`.
    package struct Process: Sendable, Hashable {
        package let name: String
        package let hasPrisms: Bool
        package let stores: [Store]
    }

    /// Absolute path of the folder with everything; short, see `withTemporaryFolder`.
    package let folder: String
    package let split: Split
    package let zones: [String]
    package let stores: [Store]
    /// `diskThreads` of every store.
    private let diskThreads: Int
    /// `spoolTimeout` of every store, for example `1h`.
    private let spoolTimeout: String
    private let prismPorts: [Int]
    /// `catalog.url`; `nil` = the process has a private PostgreSQL.
    private let catalogURL: String?

    /// Plans a cluster below `folder`; takes free ports of 127.0.0.1 for stores and prisms.
    package init(
        folder: String, split: Split = .one, zones: Int = 2, storesPerZone: Int = 2,
        diskThreads: Int = 4, spoolTimeout: String = "1h", catalogURL: String?
    ) throws {
        precondition((1...26).contains(zones) && storesPerZone > 0)
        precondition(
            split == .one || catalogURL != nil, "several processes need a catalog that all reach")
        self.folder = folder
        self.split = split
        self.diskThreads = diskThreads
        self.spoolTimeout = spoolTimeout
        self.catalogURL = catalogURL
        let names = (0..<zones).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
        let ports = try FreePorts.take(zones * (storesPerZone + 1))
        self.zones = names
        prismPorts = Array(ports.prefix(zones))
        stores = names.enumerated().flatMap { index, zone in
            (1...storesPerZone).map { number in
                let name = "store-\(zone)\(number)"
                return Store(
                    name: name, zone: zone, volume: "\(folder)/volumes/\(name)",
                    port: ports[zones + index * storesPerZone + number - 1],
                    socket: "\(folder)/\(name).sock")
            }
        }
    }

    /// The processes, in the order in which they are to be started.
    package var processes: [Process] {
        switch split {
        case .one: [Process(name: "all", hasPrisms: true, stores: stores)]
        case .prismsAndStores:
            [
                Process(name: "stores", hasPrisms: false, stores: stores),
                Process(name: "prisms", hasPrisms: true, stores: []),
            ]
        case .zones:
            zones.map { zone in
                Process(
                    name: "stores-\(zone)", hasPrisms: false,
                    stores: stores.filter { $0.zone == zone })
            } + [Process(name: "prisms", hasPrisms: true, stores: [])]
        }
    }

    /// The same members in one process, on other ports.
    func inOneProcess() throws -> ClusterLayout {
        try ClusterLayout(
            folder: folder, zones: zones.count, storesPerZone: stores.count / zones.count,
            catalogURL: catalogURL)
    }

    /// The Unix socket of the first prism.
    package var socket: String { "\(folder)/prism-a.sock" }
    /// The bearer token that the prisms know.
    package var token: String { "a-token-for-tests-0000000000000000" }
    /// The URL of the first prism.
    package var url: String { "http://127.0.0.1:\(prismPorts[0])" }

    /// The Unix sockets on which `process` answers once it is ready.
    package func sockets(of process: Process) -> [String] {
        process.stores.map(\.socket) + (process.hasPrisms ? zones.map(prismSocket) : [])
    }

    /// The path of the configuration of `process`.
    package func configuration(of process: Process) -> String { "\(folder)/\(process.name).yaml" }

    /// The path of the log of `process`.
    package func log(of process: Process) -> String { "\(folder)/\(process.name).log" }

    /// Writes secrets and configurations, and makes the folders that are missing.
    package func write() throws {
        let manager = FileManager.default
        for folder in stores.map(\.volume) + processes.map({ "\(folder)/state-\($0.name)" }) {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        for (path, text) in [(keyFile, String(repeating: "k", count: 64)), (tokenFile, token)] {
            try Data((text + "\n").utf8).write(to: URL(filePath: path))
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        for process in processes {
            try Data(yaml(of: process).utf8).write(
                to: URL(filePath: configuration(of: process)))
        }
    }

    private var keyFile: String { "\(folder)/cluster.key" }
    private var tokenFile: String { "\(folder)/token" }
    private func prismSocket(_ zone: String) -> String { "\(folder)/prism-\(zone).sock" }

    private func yaml(of process: Process) -> String {
        var lines = [
            "cluster: test", "state: \(folder)/state-\(process.name)",
            "clusterKeyFile: \(keyFile)", "tokenFile: \(tokenFile)",
        ]
        if let catalogURL { lines += ["catalog:", "  url: \(catalogURL)"] }
        if process.hasPrisms {
            lines.append("prisms:")
            for (zone, port) in zip(zones, prismPorts) {
                lines += ["  - name: prism-\(zone)", "    zone: \(zone)"]
                lines += Self.listen(port: port, socket: prismSocket(zone))
            }
        }
        if !process.stores.isEmpty { lines.append("stores:") }
        for store in process.stores {
            lines += [
                "  - name: \(store.name)", "    zone: \(store.zone)",
                "    host: host-\(store.name.dropFirst(6))", "    volume: \(store.volume)",
                "    diskThreads: \(diskThreads)", "    spoolTimeout: \(spoolTimeout)",
            ]
            lines += Self.listen(port: store.port, socket: store.socket)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func listen(port: Int, socket: String) -> [String] {
        [
            "    listen:", "      - address: 127.0.0.1", "        port: \(port)",
            "      - socket: \(socket)",
        ]
    }
}

/// Ports that nobody listens on.
package enum FreePorts {
    /// Below the range from which the kernel gives ports to clients, so that none of those takes
    /// one between the look and its use.
    private static let range = 10_000..<32_000
    /// What this process was given before, and may not listen on yet.
    private static let given = Mutex<Set<Int>>([])

    /// `count` different ports of 127.0.0.1, free at this moment.
    package static func take(_ count: Int) throws -> [Int] {
        // Held together until all are known, so that none comes twice.
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        var ports: [Int] = []
        for _ in 0..<1000 where ports.count < count {
            let port = Int.random(in: range)
            // A program that is started at this moment would keep the port with it.
            let descriptor = socket(
                AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            descriptors.append(descriptor)
            guard isFree(port, descriptor) else { continue }
            let isNew = given.withLock { $0.insert(port).inserted }
            if isNew { ports.append(port) }
        }
        guard ports.count == count else { throw FixtureError("no \(count) free ports") }
        return ports
    }

    private static func isFree(_ port: Int, _ descriptor: Int32) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

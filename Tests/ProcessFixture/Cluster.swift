import Foundation
import Synchronization

/// A cluster of real `sfsd` processes.
package final class Cluster: Sendable {
    package let layout: ClusterLayout
    package let programs: Programs
    private let daemons = Mutex<[String: Daemon]>([:])
    /// `--set` of every process, by its name.
    private let settings: @Sendable (ClusterLayout.Process) -> [String]
    private let wrapper: [String]

    fileprivate init(
        layout: ClusterLayout, programs: Programs, wrapper: [String],
        settings: @escaping @Sendable (ClusterLayout.Process) -> [String]
    ) {
        self.layout = layout
        self.programs = programs
        self.wrapper = wrapper
        self.settings = settings
    }

    /// The running daemon of the process `name`.
    ///
    /// - Throws: `FixtureError` when there is none.
    package func daemon(_ name: String) throws -> Daemon {
        guard let daemon = daemons.withLock({ $0[name] }) else {
            throw FixtureError("no process '\(name)' in this cluster")
        }
        return daemon
    }

    /// Starts `process`, which must not run, and waits until all its members are ready.
    package func start(_ process: ClusterLayout.Process) async throws {
        try await start(process, answering: layout.sockets(of: process))
    }

    private func start(
        _ process: ClusterLayout.Process, answering sockets: [String]
    ) async throws {
        let options = settings(process).flatMap { ["--set", $0] }
        let daemon = try await Daemon.start(
            programs.sfsd, ["run", "--config", layout.configuration(of: process)] + options,
            wrapper: wrapper, log: layout.log(of: process))
        daemons.withLock { $0[process.name] = daemon }
        try await daemon.ready(on: sockets)
    }

    /// Starts all processes, then waits until a prism sees every store in service.
    package func start() async throws {
        for process in layout.processes { try await start(process) }
        try await settled()
    }

    /// Returns once `sfs status` says that the cluster is healthy.
    package func settled(within limit: Duration = .seconds(60)) async throws {
        var last = ""
        _ = try await eventually(within: limit, "a healthy cluster; 'sfs status' says:\n\(last)") {
            let result = try await sfs(["status"])
            last = result.text + result.errorText
            return result.status == 0 ? true : nil
        }
    }

    /// Stops all processes with SIGTERM, prisms first; each must leave with status 0.
    package func stop() async throws {
        for process in layout.processes.reversed() {
            guard let daemon = daemons.withLock({ $0.removeValue(forKey: process.name) }),
                daemon.end == nil
            else { continue }
            let end = try await daemon.stop()
            guard end == .exited(0) else {
                throw FixtureError(
                    "'\(process.name)' stopped with \(end); its log ends with:\n\(daemon.logTail)")
            }
        }
    }

    /// kill -9 of all processes.
    package func kill() async throws {
        for daemon in daemons.withLock({ Array($0.values) }) where daemon.end == nil {
            try await daemon.kill()
        }
    }

    /// Runs `sfs` against the first prism's Unix socket.
    package func sfs(
        _ arguments: [String], input: [UInt8] = [], folder: String? = nil,
        limit: Duration = .seconds(120)
    ) async throws -> ProgramResult {
        try await run(
            programs.sfs, arguments, input: input, environment: ["SFS_SOCKET": layout.socket],
            folder: folder, limit: limit)
    }

    /// Labels all volumes; all members must be in one process, or no prism can be asked for it.
    fileprivate func initialiseVolumes() async throws {
        try layout.write()
        for process in layout.processes {
            // Its stores are not ready before they have volumes.
            try await start(process, answering: [layout.socket])
        }
        for store in layout.stores {
            try await sfs(["store", "init", store.volume]).succeeded("store init")
        }
        try await stop()
    }
}

/// Makes the cluster that `layout` plans, runs `body` once it is healthy, and stops it.
///
/// It is stopped with SIGTERM when `body` returned, else with SIGKILL.
///
/// With `isNew` false the cluster is there already, for example in a copy of its disk. `settings`
/// gives `key=value` pairs for `sfsd run --set`. `wrapper` is put in front of every sfsd, see
/// `Daemon.start`.
///
/// - Throws: what `body` throws; `FixtureError` when a process does not start or stop as it should.
package func withCluster<Result>(
    _ layout: ClusterLayout, _ programs: Programs, isNew: Bool = true, wrapper: [String] = [],
    settings: @escaping @Sendable (ClusterLayout.Process) -> [String] = { _ in [] },
    _ body: (Cluster) async throws -> Result
) async throws -> Result {
    let cluster = Cluster(
        layout: layout, programs: programs, wrapper: wrapper, settings: settings)
    let result: Result
    do {
        if isNew {
            try await makeVolumes(layout, programs)
            try layout.write()
        }
        try await cluster.start()
        result = try await body(cluster)
    } catch {
        try await uncancelled { try await cluster.kill() }
        throw error
    }
    try await cluster.stop()
    return result
}

/// Makes the volumes of a cluster that has none, in a short life of its own with plain settings.
private func makeVolumes(_ layout: ClusterLayout, _ programs: Programs) async throws {
    let first = try layout.inOneProcess()
    let cluster = Cluster(
        layout: first, programs: programs, wrapper: [],
        settings: { _ in [] })
    do {
        try await cluster.initialiseVolumes()
    } catch {
        try await uncancelled { try await cluster.kill() }
        throw error
    }
}

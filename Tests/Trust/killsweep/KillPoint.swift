import ProcessFixture

/// One place at which a process is killed: before the `count`-th `call` of a thread, counted from
/// the start of a put of `shape`.
struct KillPoint: Sendable, Hashable, CustomStringConvertible {
    let split: ClusterLayout.Split
    /// The process that is killed.
    let process: String
    let shape: Shape
    /// Name of a system call.
    let call: String
    /// From 1.
    var count: Int

    /// For example `one/all/small/fsync/2`.
    var description: String {
        "\(split.rawValue)/\(process)/\(shape.rawValue)/\(call)/\(count)"
    }

    /// - Throws: `FixtureError` when `text` is not like a `description`.
    init(parsing text: String) throws {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 5, let split = ClusterLayout.Split(rawValue: parts[0]),
            let shape = Shape(rawValue: parts[2]), let count = Int(parts[4]), count > 0
        else { throw FixtureError("'\(text)' is not like 'one/all/small/fsync/2'") }
        self.init(split: split, process: parts[1], shape: shape, call: parts[3], count: count)
    }

    init(split: ClusterLayout.Split, process: String, shape: Shape, call: String, count: Int) {
        self.split = split
        self.process = process
        self.shape = shape
        self.call = call
        self.count = count
    }

    /// This point and those of a smaller count; of a long row the first and the last, and every
    /// so many between: folder 17 of 256 is like folder 18.
    var withEarlier: [KillPoint] {
        let step = max(1, count / 16)
        let counts = (1...count).filter { $0 <= 6 || $0 > count - 3 || $0.isMultiple(of: step) }
        return counts.map { earlier in
            var point = self
            point.count = earlier
            return point
        }
    }

    /// The processes of `split` that are killed.
    static func processes(of split: ClusterLayout.Split) -> [String] {
        switch split {
        case .one: ["all"]
        case .prismsAndStores: ["stores", "prisms"]
        case .zones: ["stores-a"]
        }
    }

    /// The calls before which `process` is killed.
    ///
    /// Everything that others can see afterwards: on the disk, in the catalog or at the other end
    /// of a connection.
    static func calls(of process: String) -> [String] {
        let disk = [
            "openat", "openat2", "fallocate", "pwrite64", "fsetxattr", "fchmod", "fsync",
            "fdatasync", "syncfs", "renameat2", "unlinkat", "mkdirat", "ftruncate",
        ]
        let connections = ["writev", "sendto", "sendmsg"]
        // A prism sends bodies with write(2); elsewhere that only wakes threads and writes the log.
        return process == "prisms" ? ["write"] + connections : disk + connections
    }
}

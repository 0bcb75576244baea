/// Who may import whom (design.md §2).
enum Layers {
    /// What each target may import, lowest floor first; this literal is the architecture.
    ///
    /// `NIOCore` is there for `ByteBuffer`, the one outside type that crosses floors.
    static let allowed: [String: Set<String>] = [
        "SFSCore": ["NIOCore"],
        "SFSFiles": ["SFSCore", "CLinux", "CCrypto", "NIOCore", "SystemPackage"],
        "SFSPostgres": ["SFSCore", "CLibPQ", "CLinux", "Logging"],
        "SFSPasswords": ["SFSCore", "CCrypt"],
        "SFSConfig": ["SFSCore", "Yams"],
        "SFSWire": ["SFSCore", "NIOCore", "FoundationEssentials"],
        "SFSHTTP": [
            "SFSCore", "CLinux", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL", "Logging",
        ],
        "SFSCatalog": ["SFSCore", "SFSPostgres", "Logging"],
        "SFSVolume": ["SFSCore", "SFSFiles", "NIOCore", "SystemPackage", "FoundationEssentials"],
        // NIOHTTP1 names AsyncHTTPClient's headers and methods.
        "SFSClient": [
            "Dispatch", "SFSCore", "SFSWire", "SFSFiles", "NIOCore", "NIOEmbedded", "NIOHTTP1",
            "SystemPackage", "AsyncHTTPClient", "Logging",
        ],
        "SFSFetch": ["SFSCore", "CCurl", "CLinux", "NIOCore"],
        "SFSPrism": [
            "SFSCore", "SFSWire", "SFSFiles", "SFSPasswords", "SFSCatalog", "SFSClient", "SFSFetch",
            "NIOCore", "Logging",
        ],
        "SFSStore": [
            "SFSCore", "SFSWire", "SFSFiles", "SFSCatalog", "SFSClient", "SFSVolume", "NIOCore",
            "Logging",
        ],
        // What the cluster does by itself, and what operators have it do: on the catalog alone.
        "SFSEngine": ["SFSCore", "SFSWire", "SFSCatalog", "NIOCore", "Logging"],
        "SFSOpenAPI": [],
        "SFSServer": [
            "SFSCore", "SFSWire", "SFSHTTP", "SFSFetch", "SFSOpenAPI", "SFSPrism", "SFSStore",
            "SFSEngine", "NIOCore", "Logging", "FoundationEssentials",
        ],
        "sfs": [
            "Dispatch", "SFSCore", "SFSWire", "SFSConfig", "SFSClient", "NIOCore", "SystemPackage",
            "ArgumentParser", "Histogram",
        ],
        "sfsd": [
            "SFSCore", "SFSWire", "SFSConfig", "SFSFiles", "SFSPostgres", "SFSCatalog",
            "SFSVolume", "SFSClient", "SFSFetch", "SFSHTTP", "SFSPrism", "SFSStore", "SFSEngine",
            "SFSServer", "NIOCore", "ArgumentParser", "Logging", "ServiceLifecycle", "UnixSignals",
        ],
        // It knows the programs only as everybody does.
        "compare": ["ProcessFixture", "FoundationEssentials", "Dispatch"],
        // It looks at single floors, on a PostgreSQL of the tests.
        "micro": [
            "SFSCore", "SFSFiles", "SFSHTTP", "SFSPostgres", "SFSCatalog", "PostgresFixture",
            "CLinux", "NIOCore", "SystemPackage", "Dispatch",
        ],
    ]

    /// What belongs to the language and the system.
    static let everywhere: Set<String> = ["Glibc", "Synchronization"]

    /// What is wrong with the imports of `source`.
    static func complaints(_ source: SourceFile) -> [String] {
        guard let allowed = allowed[source.module] else {
            return ["\(source.path): no floor is known for the target \(source.module)"]
        }
        return source.code.enumerated().compactMap { index, text in
            let words = text.split { $0 == " " || $0 == "." }
            guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else {
                return nil
            }
            let name = String(words[keyword + 1])
            guard !allowed.contains(name), !everywhere.contains(name) else { return nil }
            return "\(source.path):\(index + 1): \(source.module) may not import \(name)"
        }
    }
}

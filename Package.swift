// swift-tools-version: 6.2
import PackageDescription

// The house (shared/design.md §2): a target may use only targets on lower floors.
// `Tests/HouseTests` reads the imports and fails on any other.

let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// For targets whose tests look inside: release builds need to be told.
///
/// The hot paths do without.
let testable: [SwiftSetting] = house + [.unsafeFlags(["-enable-testing"])]

/// With `SFS_LINK=static` the programs need no Swift library where they run.
///
/// Only their linking differs from other builds, so nothing is compiled twice (see `bootstrap`).
let programLinking: [LinkerSetting] =
    Context.environment["SFS_LINK"] == "static"
    ? [
        .unsafeFlags([
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
            "-l_FoundationCollections", "-lswiftSynchronization",
        ])
    ] : []

/// For `sfs`, which is started often: no relocations at the start, nothing kept that is not used.
///
/// This halves the time of `sfs --version` (5.3 ms to 3.0 ms).
let quickStart: [LinkerSetting] =
    Context.environment["SFS_LINK"] == "static"
    ? [
        .unsafeFlags([
            "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc",
            "-Xlinker", "--no-export-dynamic",
            // Where `bootstrap` puts the archives of libraries that a bare machine may lack.
            "-L\(Context.packageDirectory)/.build/archives",
        ])
    ] : []

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

let crypto: [LinkerSetting] = [.linkedLibrary("crypto")]

let package = Package(
    name: "StretchFS",
    products: [
        .executable(name: "sfs", targets: ["sfs"]),
        .executable(name: "sfsd", targets: ["sfsd"]),
    ],
    dependencies: [
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: what Swift does not show.
        .target(name: "CLinux"),
        // Not by pkg-config: that would link libcrypto dynamically into `sfs` too.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // Floor 1: values, errors, pure decisions.
        .target(name: "SFSCore", dependencies: [nioCore], swiftSettings: house),

        // Floor 2: one outside world each.
        .target(
            name: "SFSFiles",
            dependencies: ["SFSCore", "CLinux", "CCrypto", nioCore, systemPackage],
            swiftSettings: house),
        .target(
            name: "SFSPostgres",
            dependencies: ["SFSCore", "CLibPQ", "CLinux", logging],
            swiftSettings: testable + [.strictMemorySafety()]),
        .target(
            name: "SFSPasswords", dependencies: ["SFSCore", "CCrypt"], swiftSettings: house),
        .target(name: "SFSConfig", dependencies: ["SFSCore", "Yams"], swiftSettings: testable),
        .target(name: "SFSWire", dependencies: ["SFSCore", nioCore], swiftSettings: house),
        .target(
            name: "SFSHTTP",
            dependencies: [
                "SFSCore", "CLinux", nioCore, logging,
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house),

        // Floor 3: the catalog, the disk, the other nodes.
        .target(
            name: "SFSCatalog", dependencies: ["SFSCore", "SFSPostgres", logging],
            resources: [.embedInCode("Migrations")], swiftSettings: testable),
        .target(
            name: "SFSVolume", dependencies: ["SFSCore", "SFSFiles", nioCore, systemPackage],
            swiftSettings: house),
        .target(
            name: "SFSClient",
            dependencies: [
                "SFSCore", "SFSWire", "SFSFiles", nioCore, logging, systemPackage,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            swiftSettings: testable),

        .target(
            name: "SFSFetch", dependencies: ["SFSCore", "CCurl", "CLinux", nioCore],
            swiftSettings: testable),

        // Floor 4: the use cases.
        .target(
            name: "SFSPrism",
            dependencies: [
                "SFSCore", "SFSWire", "SFSFiles", "SFSPasswords", "SFSCatalog", "SFSClient",
                "SFSFetch", nioCore, logging,
            ],
            swiftSettings: house),
        .target(
            name: "SFSStore",
            dependencies: [
                "SFSCore", "SFSWire", "SFSFiles", "SFSCatalog", "SFSClient", "SFSVolume",
                nioCore, logging,
            ],
            swiftSettings: house),

        .target(
            name: "SFSEngine",
            dependencies: ["SFSCore", "SFSWire", "SFSCatalog", nioCore, logging],
            swiftSettings: testable),

        // Floor 5: HTTP to use case and back, and what is written about it.
        .target(
            name: "SFSOpenAPI", resources: [.embedInCode("Documents")], swiftSettings: house),
        .target(
            name: "SFSServer",
            dependencies: [
                "SFSCore", "SFSWire", "SFSHTTP", "SFSFetch", "SFSOpenAPI", "SFSPrism", "SFSStore",
                "SFSEngine", nioCore, logging,
            ],
            swiftSettings: house),

        // Floor 6: the two programs.
        .executableTarget(
            name: "sfs",
            dependencies: [
                // Not SFSConfig: it brings Foundation with 40 MB of tables for all languages.
                "SFSCore", "SFSWire", "SFSClient", nioCore, systemPackage, argumentParser,
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: testable,
            // The client is one file that runs where OpenSSL is not installed.
            linkerSettings: programLinking + quickStart + [.linkedLibrary(":libcrypto.a")]),
        .executableTarget(
            name: "sfsd",
            dependencies: [
                "SFSCore", "SFSWire", "SFSConfig", "SFSFiles", "SFSPostgres", "SFSCatalog",
                "SFSVolume", "SFSClient", "SFSFetch", "SFSHTTP", "SFSPrism", "SFSStore",
                "SFSEngine", "SFSServer", argumentParser, logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house,
            linkerSettings: programLinking + [.linkedLibrary("crypto")]),

        // What tests stand on: a PostgreSQL, a cluster in the process, programs as processes.
        .target(
            name: "PostgresFixture",
            dependencies: ["SFSCore", "SFSPostgres", "SFSCatalog", "CLinux", logging],
            path: "Tests/PostgresFixture", swiftSettings: house),
        .target(
            name: "ClusterFixture",
            dependencies: [
                "SFSCore", "SFSWire", "SFSFiles", "SFSCatalog", "SFSPostgres", "SFSClient",
                "SFSHTTP", "SFSFetch", "SFSStore", "SFSPrism", "SFSEngine", "SFSServer",
                "PostgresFixture",
                nioCore, logging, .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/ClusterFixture", swiftSettings: house),
        .target(
            name: "PrismStandIn",
            dependencies: ["SFSCore", "SFSFiles", "SFSWire", nioCore],
            path: "Tests/PrismStandIn", swiftSettings: house),

        .target(name: "ProcessFixture", path: "Tests/ProcessFixture", swiftSettings: house),

        // The proof of trust: see Tests/Trust/README.md.
        .target(
            name: "Evidence", dependencies: ["ProcessFixture", "CLinux"],
            path: "Tests/Trust/Evidence", swiftSettings: house),
        .executableTarget(
            name: "killsweep", dependencies: ["Evidence", "ProcessFixture"],
            path: "Tests/Trust/killsweep", swiftSettings: house),
        .executableTarget(
            name: "powercut", dependencies: ["Evidence", "ProcessFixture"],
            path: "Tests/Trust/powercut", swiftSettings: house),
        .executableTarget(
            name: "operations", dependencies: ["Evidence", "ProcessFixture"],
            path: "Tests/Trust/operations", swiftSettings: house),

        // How fast it is: see Benchmarks/compare.
        .executableTarget(
            name: "compare", dependencies: ["ProcessFixture"],
            path: "Benchmarks/Sources/compare", swiftSettings: house),
        .executableTarget(
            name: "micro",
            dependencies: [
                "SFSCore", "SFSFiles", "SFSHTTP", "SFSPostgres", "SFSCatalog", "PostgresFixture",
                "CLinux", nioCore, systemPackage,
            ],
            path: "Benchmarks/Sources/micro", swiftSettings: house,
            linkerSettings: [.linkedLibrary("crypto")]),

        // Tests, by floor.
        .testTarget(
            name: "ProcessFixtureTests", dependencies: ["ProcessFixture"], swiftSettings: house),
        .testTarget(
            name: "SFSCoreTests", dependencies: ["SFSCore", nioCore], swiftSettings: house),
        .testTarget(
            name: "SFSFilesTests",
            dependencies: ["SFSFiles", "SFSCore", "CLinux", nioCore, systemPackage],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSWireTests", dependencies: ["SFSWire", "SFSFiles", "SFSCore"],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSPostgresTests",
            dependencies: ["SFSCore", "SFSPostgres", "PostgresFixture", "CLinux", logging],
            swiftSettings: house),
        .testTarget(
            name: "SFSConfigTests", dependencies: ["SFSConfig", "SFSCore"], swiftSettings: house),
        .testTarget(
            name: "SFSPasswordsTests", dependencies: ["SFSPasswords", "SFSCore"],
            swiftSettings: house),
        .testTarget(
            name: "SFSFetchTests",
            dependencies: [
                "SFSFetch", "SFSCore", "ProcessFixture", nioCore,
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "HouseTests", dependencies: ["SFSConfig", "SFSCore"],
            exclude: ["check.sh", "swift-format.json"], swiftSettings: house),
        .testTarget(
            name: "SFSHTTPTests",
            dependencies: [
                "SFSHTTP", "SFSCore", nioCore, logging,
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "SFSCatalogTests",
            dependencies: ["SFSCore", "SFSPostgres", "SFSCatalog", "PostgresFixture", logging],
            swiftSettings: house),
        .testTarget(
            name: "SFSVolumeTests",
            dependencies: ["SFSVolume", "SFSFiles", "SFSCore", nioCore, systemPackage],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSClientTests",
            dependencies: [
                "SFSCore", "SFSFiles", "SFSWire", "SFSClient", "PrismStandIn", nioCore,
                systemPackage,
            ],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSStoreTests",
            dependencies: [
                "SFSCore", "SFSWire", "SFSFiles", "SFSCatalog", "SFSStore", "ClusterFixture",
                nioCore,
            ],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSPrismTests",
            dependencies: [
                "SFSCore", "SFSWire", "SFSCatalog", "SFSPrism", "ClusterFixture", nioCore,
            ],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSEngineTests",
            dependencies: [
                "SFSCore", "SFSWire", "SFSCatalog", "SFSPostgres", "SFSEngine", "PostgresFixture",
                "ClusterFixture", nioCore, logging,
            ],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "SFSServerTests",
            dependencies: [
                "SFSCore", "SFSWire", "SFSHTTP", "SFSFiles", "SFSCatalog", "SFSPrism", "SFSStore",
                "SFSEngine", "SFSOpenAPI", "SFSServer", "ClusterFixture", nioCore, logging,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house, linkerSettings: crypto),
        .testTarget(
            name: "ProcessTests", dependencies: ["ProcessFixture"], swiftSettings: house),
        .testTarget(
            name: "ConformanceTests", dependencies: ["ProcessFixture"], swiftSettings: house),
        .testTarget(
            name: "SfsTests",
            dependencies: [
                "sfs", "SFSCore", "SFSWire", "SFSClient", "PrismStandIn", "ProcessFixture",
                systemPackage, argumentParser,
            ],
            swiftSettings: house, linkerSettings: crypto),
    ],
    swiftLanguageModes: [.v6]
)

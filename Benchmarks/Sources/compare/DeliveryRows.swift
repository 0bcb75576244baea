/// The rows about giving files out: one client, both servers, the same files.
enum DeliveryRows {
    static let all: [Row] = [
        requests("get-1k", "GET 1 KiB, 16 connections", .files(500, 1 << 10), p99: 1),
        requests("get-4k", "GET 4 KiB, 16 connections", .files(500, 4 << 10), p99: 1),
        requests("get-100k", "GET 100 KiB, 16 connections", .files(500, 100 << 10)),
        requests("get-1m", "GET 1 MiB, 16 connections", .files(100, 1 << 20)),
        requests(
            "sip-100k", "GET 100 KiB, client drops bodies", .files(500, 100 << 10), client: .sip),
        requests("sip-1m", "GET 1 MiB, client drops bodies", .files(100, 1 << 20), client: .sip),
        Row(
            name: "get-256m", work: "GET 256 MiB, 4 connections", unit: "CPU s/GB",
            goal: .atMost(1)
        ) { arena in
            try await Delivery.contest(
                .files(2, 256 << 20), in: arena, connections: 4, counts: .processor)
        },
        requests("range-16", "Range 64 KiB of 256 MiB, 16 connections", .ranges),
        requests("range-64", "Range 64 KiB of 256 MiB, 64 connections", .ranges, connections: 64),
        requests("play-4k", "play 4 KiB with a grant", .plays(500, 4 << 10)),
        requests("play-1m", "play 1 MiB with a grant", .plays(100, 1 << 20)),
        requests(
            "tls-100k", "GET 100 KiB, TLS 1.3", .files(500, 100 << 10), goal: 0.95, isTLS: true),
        requests("tls-4m", "GET 4 MiB, TLS 1.3", .files(25, 4 << 20), goal: 0.95, isTLS: true),
        requests(
            "tls-play-100k", "play 100 KiB, TLS 1.3", .plays(500, 100 << 10), goal: 0.95,
            isTLS: true),
        requests(
            "tls-play-4m", "play 4 MiB, TLS 1.3", .plays(25, 4 << 20), goal: 0.95, isTLS: true),
    ]

    private static func requests(
        _ name: String, _ work: String, _ load: DeliveryLoad, connections: Int = 16,
        goal: Double = 1, p99: Double? = nil, isTLS: Bool = false, client: Client.Program = .wrk
    ) -> Row {
        Row(name: name, work: work, unit: "requests/s", goal: .atLeast(goal), p99Maximum: p99) {
            arena in
            try await Delivery.contest(
                load, in: arena, connections: connections, counts: .requests, isTLS: isTLS,
                client: client)
        }
    }
}

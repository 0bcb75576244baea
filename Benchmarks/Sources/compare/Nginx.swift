import FoundationEssentials
import Glibc
import ProcessFixture

/// nginx in each of the settings that may be its best; all of them run, one is asked at a time.
struct Nginx: Sendable {
    /// One nginx of its own.
    struct Variant: Sendable {
        /// For the table.
        let name: String
        let port: Int
        let tlsPort: Int
        let program: RunningProgram

        var url: String { "http://127.0.0.1:\(port)" }
        var tlsURL: String { "https://127.0.0.1:\(tlsPort)" }

        /// Processor seconds that it has taken so far.
        func processorSeconds() throws -> Double {
            try ProcessorTime.seconds(below: program.process)
        }
    }

    /// What `/static` and `/play` lead to.
    let root: String
    let variants: [Variant]
    /// What its links are signed with.
    static let secret = "a secret"

    /// Starts all variants below `folder`.
    static func start(
        in folder: String, workers: Int, _ certificate: Certificate, _ cleanUp: CleanUp
    ) async throws -> Nginx {
        let root = "\(folder)/nginx/root"
        for name in ["static", "play", "dav"] {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(name)", withIntermediateDirectories: true)
        }
        var variants: [Variant] = []
        for pushes in [true, false] {
            for caches in [true, false] {
                let name =
                    "tcp_nopush \(pushes ? "off" : "on")"
                    + (caches ? ", open_file_cache" : "")
                variants.append(
                    try await start(
                        name, in: "\(folder)/nginx", root: root, workers: workers, certificate,
                        settings: [
                            "tcp_nopush \(pushes ? "off" : "on");",
                            caches ? "open_file_cache max=10000 inactive=60s;" : "",
                            caches ? "open_file_cache_valid 60s;" : "",
                        ], cleanUp))
            }
        }
        return Nginx(root: root, variants: variants)
    }

    private static func start(
        _ name: String, in folder: String, root: String, workers: Int,
        _ certificate: Certificate, settings: [String], _ cleanUp: CleanUp
    ) async throws -> Variant {
        let ports = try FreePorts.take(2)
        let prefix = "\(folder)/\(ports[0])"
        try FileManager.default.createDirectory(
            atPath: prefix, withIntermediateDirectories: true)
        let text = configuration(root, workers, certificate, ports, settings, prefix)
        try Data(text.utf8).write(to: URL(filePath: "\(prefix)/nginx.conf"))
        let program = try await ProcessFixture.start(
            "nginx", ["-p", prefix, "-c", "\(prefix)/nginx.conf", "-e", "\(prefix)/error.log"],
            log: "\(prefix)/output.log")
        cleanUp.add {
            program.send(SIGTERM)
            try await program.ended()
        }
        _ = try await eventually("nginx to answer") { () -> Bool? in
            if let end = program.end { throw FixtureError("nginx ended: \(end), see '\(prefix)'") }
            let words = ["-s", "-o", "/dev/null", "http://127.0.0.1:\(ports[0])/"]
            return try await run("curl", words).status == 0 ? true : nil
        }
        return Variant(name: name, port: ports[0], tlsPort: ports[1], program: program)
    }

    private static func configuration(
        _ root: String, _ workers: Int, _ certificate: Certificate, _ ports: [Int],
        _ settings: [String], _ prefix: String
    ) -> String {
        """
        user root;
        daemon off;
        worker_processes \(workers);
        pid \(prefix)/nginx.pid;
        events { worker_connections 4096; }
        http {
            access_log off;
            default_type application/octet-stream;
            sendfile on;
            keepalive_requests 10000000;
            client_max_body_size 0;
            client_body_temp_path \(root)/../\(ports[0])/body;
            proxy_temp_path \(prefix)/proxy;
            fastcgi_temp_path \(prefix)/fastcgi;
            uwsgi_temp_path \(prefix)/uwsgi;
            scgi_temp_path \(prefix)/scgi;
            \(settings.joined(separator: "\n    "))
            ssl_certificate \(certificate.chain);
            ssl_certificate_key \(certificate.key);
            ssl_protocols TLSv1.3;
            server {
                listen 127.0.0.1:\(ports[0]);
                listen 127.0.0.1:\(ports[1]) ssl;
                root \(root);
                location /static/ { }
                location /play/ {
                    secure_link $arg_md5,$arg_expires;
                    secure_link_md5 "$secure_link_expires$uri \(secret)";
                    if ($secure_link = "") { return 403; }
                    if ($secure_link = "0") { return 410; }
                }
                location /dav/ { dav_methods PUT; create_full_put_path on; }
            }
        }

        """
    }
}

import FoundationEssentials
import ProcessFixture

/// The paths with which buyers of files come.
enum Grants {
    /// Where a prism sends the buyers of `files`: to the store, with a grant.
    static func ours(_ files: [ShelfFile], _ cluster: StretchFS) async throws -> [String] {
        let sold = try await cluster.sfs(
            ["purchase", "--life", "2h", "--stdin"],
            input: files.map { $0.hash + "\n" }.joined())
        let urls = try sold.succeeded("purchase").lines.compactMap {
            $0.split(separator: " ").last.map(String.init)
        }
        guard urls.count == files.count else { throw FixtureError("not all could be purchased") }
        let configuration = urls.map { "url = \"\($0)\"\noutput = /dev/null\n" }.joined()
        let asked = try await run(
            "curl", ["-s", "-K", "-", "-w", "%{redirect_url}\\n"],
            input: Array(configuration.utf8))
        let paths = try asked.succeeded("curl").lines.compactMap { url -> String? in
            url.firstRange(of: "/play/").map { String(url[$0.lowerBound...]) }
        }
        guard paths.count == files.count else {
            throw FixtureError("the prism redirected \(paths.count) of \(files.count) buyers")
        }
        return paths
    }

    /// Links that nginx's `secure_link` takes, to files of the same content.
    static func theirs(_ files: [ShelfFile], _ nginx: Nginx) async throws -> [String] {
        // One second before 2038, which nginx compares with the clock.
        let expires = 2_147_483_646
        let paths = try files.map { file -> String in
            let path = "/play/\(file.hash)/\(file.name)"
            let folder = "\(nginx.root)/play/\(file.hash)"
            let manager = FileManager.default
            if !manager.fileExists(atPath: folder) {
                try manager.createSymbolicLink(
                    atPath: folder, withDestinationPath: "\(nginx.root)/static/\(file.hash)")
            }
            return path
        }
        // Each text is hashed by itself: read from a file of its own line.
        let script = """
            while read -r path
            do
                sum=$(printf '%s%s %s' \(expires) "$path" '\(Nginx.secret)' \
                    | openssl md5 -binary | openssl base64 | tr '+/' '-_' | tr -d =)
                printf '%s?md5=%s&expires=%s\\n' "$path" "$sum" \(expires)
            done
            """
        let result = try await run(
            "sh", ["-c", script], input: Array(paths.map { $0 + "\n" }.joined().utf8))
        return try result.succeeded("signing for nginx").lines
    }
}

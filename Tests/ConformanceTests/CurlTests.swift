import Foundation
import ProcessFixture
import Testing

extension Conformance {
    @Suite("With the program curl alone", .serialized)
    struct CurlTests {
        /// Runs curl and gives what it wrote.
        private func curl(_ arguments: String...) async throws -> String {
            try await run("curl", ["-sS", "--max-time", "20"] + arguments).succeeded("curl").text
        }

        private func json(_ text: String) throws -> JSONTree {
            try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        }

        @Test("a film is uploaded, sold, played through the other prism, revoked and refused")
        func story() async throws {
            let cluster = try ConformanceCluster.running()
            let (here, there) = (cluster.plan.processes[0].prism, cluster.plan.processes[1].prism)
            try await withTemporaryFolder { folder in
                let contents = [Member.freshBytes(200_000), Member.freshBytes(1000)]
                for (index, bytes) in contents.enumerated() {
                    try Data(bytes).write(to: URL(filePath: "\(folder)/\(index).mp4"))
                }
                // Logs in at one prism.
                let login = try json(
                    try await curl(
                        "-H", "Content-Type: application/json", "-d",
                        "{\"name\":\"tester\",\"secret\":\"\(ConformanceCluster.password)\"}",
                        "\(here.url)/user/login"))
                let token = try #require(login["session"]?["token"]?.string)
                let access = "X-STRETCHFS-Token: \(token)"
                let type = "Content-Type: application/json"
                // Uploads two files by multipart.
                let upload = try json(
                    try await curl(
                        "-H", access, "-F", "one=@\(folder)/0.mp4;type=video/mp4", "-F",
                        "two=@\(folder)/1.mp4", "\(here.url)/content/upload"))
                let hashes = ["one", "two"].compactMap { upload["files"]?[$0]?["hash"]?.string }
                try #require(hashes.count == 2, "\(upload)")
                // Sees two copies of each.
                let list = hashes.map { "\"\($0)\"" }.joined(separator: ",")
                let detail = try json(
                    try await curl(
                        "-H", access, "-H", type, "-d", "{\"hash\":[\(list)]}",
                        "\(here.url)/content/detail"))
                for hash in hashes { #expect(detail[hash]?["copies"] == 2) }
                // Purchases at it.
                let purchase = try json(
                    try await curl(
                        "-H", access, "-H", type, "-d",
                        "{\"hash\":\"\(hashes[0])\",\"ext\":\"mp4\",\"life\":600,\"referrer\":[]}",
                        "\(here.url)/content/purchase"))
                let bought = try #require(purchase["token"]?.string)
                // Plays through the other prism's redirect with a Range request.
                let played = try await curl(
                    "-L", "-r", "1000-1999", "-o", "\(folder)/part", "-w",
                    "%{http_code} %{num_redirects} %{url_effective}",
                    "\(there.url)/\(bought)/film.mp4")
                let words = played.split(separator: " ").map(String.init)
                #expect(words.prefix(2) == ["206", "1"], "\(played)")
                let part = try Data(contentsOf: URL(filePath: "\(folder)/part"))
                #expect(Array(part) == Array(contents[0][1000..<2000]))
                // Revokes, and is refused within a second at the store it was playing from.
                let removed = try json(
                    try await curl(
                        "-H", access, "-H", type, "-d", "{\"token\":\"\(bought)\"}",
                        "\(here.url)/content/purchase/remove"))
                #expect(removed["count"] == 1, "\(removed)")
                _ = try await eventually(within: .busySecond, "the store to refuse") {
                    let again = try await curl(
                        "-r", "1000-1999", "-o", "/dev/null", "-w", "%{http_code}", words[2])
                    return again == "404" ? true : nil
                }
            }
        }
    }
}

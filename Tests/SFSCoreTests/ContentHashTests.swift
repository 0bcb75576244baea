import SFSCore
import Testing

@Suite("A content hash")
struct ContentHashTests {
    @Test("reads each algorithm's length, in either case, and prints lower case")
    func lengths() throws {
        for algorithm in HashAlgorithm.allCases {
            let text = String(repeating: "aB", count: algorithm.digestLength)
            let hash = try ContentHash(parsing: text)
            #expect(hash.algorithm == algorithm)
            #expect(hash.hex == text.lowercased())
            #expect(try ContentHash(bytes: hash.bytes) == hash)
        }
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", "a", "zz", "../../etc/passwd", String(repeating: "a", count: 39),
            String(repeating: "a", count: 41), String(repeating: "g", count: 40),
            String(repeating: "a", count: 38) + "/a", String(repeating: "é", count: 20),
            String(repeating: "a", count: 39) + "\0", String(repeating: "a", count: 1000),
            String(repeating: "٠", count: 20),
        ])
    func refusals(text: String) throws {
        let error = try #require(throws: SFSError.self) { try ContentHash(parsing: text) }
        #expect(error.code == .invalidHash)
        #expect(error.message.utf8.count < 400)
    }

    @Test("says of a text that is far too long that it is, and not what all of it is")
    func long() throws {
        let text = String(repeating: "ab", count: 2500)
        let error = try #require(throws: SFSError.self) { try ContentHash(parsing: text) }
        #expect(
            error.message
                == "'abababababababababab...' is not a hash: it has 5000 bytes, and a hash 128 digits "
                + "at most")
    }

    @Test("knows its first 16 bits")
    func prefix() throws {
        let hash = try ContentHash(parsing: "a03f181dc7dedcfb577511149b8844711efdb04f")
        #expect(hash.prefix == 0xa03f)
    }
}

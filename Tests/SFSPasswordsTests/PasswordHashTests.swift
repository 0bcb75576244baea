import Glibc
import SFSCore
import SFSPasswords
import Testing

@Suite("A password's hash")
struct PasswordHashTests {
    private static let password = "correct horse ☂ battery"

    @Test("is checked against the password that it was made from, and no other")
    func roundTrip() throws {
        let hash = try PasswordHash.make(Self.password)
        #expect(hash.hasPrefix("$y$jBT$"))
        #expect(try PasswordHash.verify(Self.password, against: hash))
        #expect(try !PasswordHash.verify(Self.password + " ", against: hash))
        #expect(try !PasswordHash.verify("", against: hash))
        #expect(!PasswordHash.isOutdated(hash))
    }

    @Test("has another salt each time")
    func salt() throws {
        #expect(try PasswordHash.make(Self.password) != PasswordHash.make(Self.password))
    }

    @Test("is made only of 8 to 511 bytes without NUL")
    func lengths() throws {
        for refused in ["", "1234567", String(repeating: "a", count: 512), "1234\u{0}5678"] {
            let error = #expect(throws: SFSError.self) { try PasswordHash.make(refused) }
            #expect(error?.code == .usage)
        }
        let longest = String(repeating: "a", count: 511)
        let hash = try PasswordHash.make(longest)
        #expect(try PasswordHash.verify(longest, against: hash))
        #expect(try !PasswordHash.verify(String(longest.dropLast()), against: hash))
    }

    @Test(
        "may be another program's bcrypt, and is outdated then",
        arguments: Vectors.bcrypt + Vectors.python)
    func bcrypt(_ vector: Vectors.Vector) throws {
        #expect(try PasswordHash.verify(vector.password, against: vector.hash))
        #expect(try !PasswordHash.verify(vector.password + "x", against: vector.hash))
        #expect(PasswordHash.isOutdated(vector.hash))
    }

    @Test("of a lower cost is checked, and is outdated")
    func cheap() throws {
        let hash =
            "$y$j9T$zjGBTq5iqKWXO9kmWu4h4.$rDjaMWP.6o1OLyqwcqhHD10u1KIJ1trvjGD0Dcs0Hv5"
        #expect(try PasswordHash.verify("correct horse battery", against: hash))
        #expect(PasswordHash.isOutdated(hash))
    }

    @Test(
        "in any other form is refused",
        arguments: [
            "", "plain", "*0", "$1$abcdefgh$uC3jBnYcu3eVUDIEXsDdA1",
            "$2x$05$abcdefghijklmnopqrstuu",
            "$6$salt$x", "$2b$12$tooshort", "$y$", String(repeating: "$y$j", count: 200),
        ])
    func unknown(_ hash: String) {
        let error = #expect(throws: SFSError.self) {
            try PasswordHash.verify(Self.password, against: hash)
        }
        #expect(error?.code == .internal)
        #expect(error?.message.contains("$") == false)
    }

    @Test("is false, not an error, for a password that none can be made of")
    func impossible() throws {
        let hash = try PasswordHash.make("12345678")
        #expect(try !PasswordHash.verify("12345678\u{0}9", against: hash))
        #expect(try !PasswordHash.verify(String(repeating: "a", count: 5000), against: hash))
    }

    @Test("that is the decoy takes as long as any, and fits nothing")
    func decoy() throws {
        let hash = try PasswordHash.make(Self.password)
        let known = try Self.processorTime {
            let fits = try PasswordHash.verify("wrong one", against: hash)
            #expect(!fits)
        }
        let unknown = try Self.processorTime {
            let fits = try PasswordHash.verify("wrong one", against: PasswordHash.decoy)
            #expect(!fits)
        }
        let ratio = Double(known) / Double(unknown)
        #expect((0.5...2).contains(ratio), "\(ratio)")
        #expect(!PasswordHash.isOutdated(PasswordHash.decoy))
    }

    /// Nanoseconds of the processor that `body` takes on this thread, whatever else runs here.
    private static func processorTime(_ body: () throws -> Void) rethrows -> Int {
        func now() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = now()
        try body()
        return now() - start
    }
}

import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs store, sfs can and sfs member")
struct MemberCommandTests {
    @Test("lists stores, and shows all of one")
    func stores() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.members
            try book.change("s2") { $0.isDraining = true }
            try book.change("s3") { store in
                store.condition = .lost
                store.problem = "the volume is gone"
                store.votes = [
                    .init(
                        voter: store.name, reason: "no answer",
                        expiresAt: Timestamp(milliseconds: 0))
                ]
            }
            let list = try await fixture.sfs(["store", "list"])
            #expect(
                list.lines == [
                    "STORE  ZONE  HOST  STATE     FILL  FREE  TOTAL  CONTENTS  ROLES              "
                        + "PROBLEM",
                    "s1     z1    h1    online    40%   60 B  100 B  7         active,read,write  -",
                    "s2     z1    h1    draining  40%   60 B  100 B  7         active,read,write  -",
                    "s3     z2    h1    LOST      40%   60 B  100 B  7         active,read,write  "
                        + "the volume is gone",
                ])
            let show = try await fixture.sfs(["store", "show", "s3"])
            #expect(show.lines.contains("problem     the volume is gone"))
            #expect(show.lines.last == "s3       1970-01-01T00:00:00.000Z  no answer")
            #expect(try await fixture.sfs(["store", "show", "p1"]).status == 1)
            try book.change("s3") { $0.condition = .retired }
            let json = try await fixture.sfs(["store", "list", "--json"])
            #expect(json.lines.count == 2)
            #expect(try await fixture.sfs(["store", "list", "--retired"]).lines.count == 4)
        }
    }

    @Test("adopts a folder by its absolute path")
    func adopting() async throws {
        try await CommandFixture.with { fixture in
            let outcome = try await fixture.sfs(["store", "adopt", "disk", "--take-over"])
            #expect(outcome.status == 0)
            #expect(outcome.text.hasSuffix("of store 's1', layout pairs\n"))
            #expect(outcome.errorText.contains("sfs inventory --store s1 --watch"))
            let order = AdoptOrder(folder: "\(fixture.folder)/disk", takesOver: true)
            #expect(fixture.standIn.members.adoptions == [order])
            #expect(try await fixture.sfs(["store", "adopt", ""]).status == 64)
        }
    }

    @Test("undrains at once, retires only when somebody agrees")
    func leaving() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.members
            try book.change("s2") { $0.isDraining = true }
            let undrain = try await fixture.sfs(["store", "undrain", "s2"])
            #expect(undrain.text == "store 's2' takes contents again\n")
            let unsure = try await fixture.sfs(["store", "retire", "s2"])
            #expect(unsure.status == 64)
            #expect(unsure.errorText.contains("this takes store 's2' out of the cluster for good"))
            book.setCanGo(false)
            let needed = try await fixture.sfs(["store", "retire", "s2", "--apply"])
            #expect(needed.status == 73)
            book.setCanGo(true)
            let sure = try await fixture.sfs(["store", "retire", "s2", "--apply"])
            #expect(sure.text == "store 's2' is retired\n")
        }
    }

    @Test("answers by the exit status whether a store can go")
    func can() async throws {
        try await CommandFixture.with { fixture in
            let yes = try await fixture.sfs(["can", "stop", "s1"])
            #expect(yes.status == 0)
            #expect(yes.text == "yes\n")
            #expect(yes.errorText == "sfs: this holds until 1970-01-01T00:00:00.000Z\n")
            fixture.standIn.members.setCanGo(false)
            let no = try await fixture.sfs(["can", "retire", "s1"])
            #expect(no.status == 1)
            #expect(no.text == "no: 3 contents would be out of reach\n")
            let json = try await fixture.sfs(["can", "stop", "s1", "--json"])
            #expect(try JSON.decode(CanReply.self, from: json.output).contentsOutOfReach == 3)
            #expect(try await fixture.sfs(["can", "stop", "s9"]).status == 1)
            for words in [["stop"], ["go", "s1"], ["stop", ""]] {
                #expect(try await fixture.sfs(["can"] + words).status == 64, "\(words)")
            }
        }
    }

    @Test("lists members, gives and takes roles, and removes a prism")
    func members() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.members
            let list = try await fixture.sfs(["member", "list"])
            #expect(list.lines.count == 5)
            #expect(list.lines[1].hasPrefix("p1      prism  z1    h1    online  0:01    0"))
            let shown = try await fixture.sfs(["member", "roles", "s1"])
            #expect(shown.text == "s1 active,read,write\n")
            let taken = try await fixture.sfs(["member", "roles", "s1", "-write", "-read"])
            #expect(taken.text == "s1 active\n")
            let given = try await fixture.sfs(["member", "roles", "s1", "--json", "+read"])
            let member = try JSON.decode(MemberReply.self, from: given.output)
            #expect(member.roles.contains(.read) && !member.roles.contains(.write))
            let unsure = try await fixture.sfs(["member", "remove", "p1"])
            #expect(unsure.status == 64)
            try await fixture.sfs(["member", "remove", "p1", "--apply"]).succeeded("removing")
            #expect(book.members.count == 3)
        }
    }

    @Test(
        "understands no other words for roles",
        arguments: [["write"], ["+online"], ["+write", "-write"], ["--write"], ["+"], [""]])
    func badRoles(words: [String]) async throws {
        try await CommandFixture.with { fixture in
            let outcome = try await fixture.sfs(["member", "roles", "s1"] + words)
            #expect(outcome.status == 64, "\(outcome.errorText)")
            #expect(fixture.standIn.requests.isEmpty)
        }
    }
}

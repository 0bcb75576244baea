import SFSCore
import Testing

@testable import sfs

@Suite("Words of the command line")
struct WordsTests {
    @Test("name a moment by date, time or age")
    func moments() throws {
        func time(_ text: String) -> String? { Moment(argument: text)?.time.description }
        #expect(time("2026-11-22") == "2026-11-22T00:00:00.000Z")
        #expect(time("2026-11-22T09:30") == "2026-11-22T09:30:00.000Z")
        #expect(time("2026-11-22T09:30:05Z") == "2026-11-22T09:30:05.000Z")
        #expect(time("2026-11-22T09:30:05.123Z") == "2026-11-22T09:30:05.123Z")
        let dayAgo = try #require(Moment(argument: "1d")?.time.milliseconds)
        let age = Timestamp.now().milliseconds - dayAgo
        #expect((86_400_000..<86_460_000).contains(age))
        for text in ["", "Z", "20", "2026", "2026-13-01", "22.11.2026", "soon", "-1d"] {
            #expect(time(text) == nil, "\(text)")
        }
    }

    @Test("name rates, places, numbers and intervals")
    func others() {
        #expect(Rate(argument: "20M")?.bytesPerSecond == 20_000_000)
        #expect(Rate(argument: "0") == nil)
        #expect(Rate(argument: "fast") == nil)
        #expect(Place(argument: "s1")?.store?.text == "s1")
        #expect(Place(argument: "zone:z1")?.zone?.text == "z1")
        #expect(Place(argument: "zone:") == nil)
        #expect(Place(argument: "store:s1") == nil)
        #expect(Number(argument: "12")?.value == 12)
        #expect(Number(argument: "0") == nil)
        #expect(Interval(argument: "0.5")?.duration == .milliseconds(500))
        #expect(Interval(argument: "nan") == nil)
        #expect(StoreNames(argument: "s1,s2")?.names.map(\.text) == ["s1", "s2"])
        #expect(StoreNames(argument: "s1,,s2") == nil)
    }

    @Test("come as times of some length for people")
    func clock() {
        #expect(Clock.text(seconds: 15) == "0:15")
        #expect(Clock.text(seconds: 720) == "12:00")
        #expect(Clock.text(seconds: 11_105) == "3:05:05")
        #expect(Clock.text(seconds: -1) == "0:00")
    }
}

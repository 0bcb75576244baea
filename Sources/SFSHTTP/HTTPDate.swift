package import SFSCore
import Synchronization

/// Dates as HTTP writes them (RFC 9110, 5.6.7).
package enum HTTPDate {
    /// For example `Sun, 06 Nov 1994 08:49:37 GMT`; milliseconds are cut off.
    package static func text(_ time: Timestamp) -> String {
        // "1994-11-06T08:49:37.000Z": the calendar is Timestamp's affair.
        let fields = time.description.split { "-T:.Z".contains($0) }
        guard fields.count == 7, let month = Int(fields[1]) else { return time.description }
        let day =
            (time.milliseconds - (time.milliseconds % 86_400_000 + 86_400_000) % 86_400_000)
            / 86_400_000
        let weekday = weekdays[Int(((day + 4) % 7 + 7) % 7)]
        return "\(weekday), \(fields[2]) \(months[month - 1]) \(fields[0]) "
            + "\(fields[3]):\(fields[4]):\(fields[5]) GMT"
    }

    /// The moment that `text` means; `nil` when it is in none of the three forms of HTTP.
    ///
    /// The forms are `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
    /// `Sun Nov  6 08:49:37 1994`. The day of the week is not compared with the date. A year of
    /// two digits is the latest one that is at most 50 years after `now`.
    package static func time(_ text: String, now: Timestamp = .now()) -> Timestamp? {
        let words = text.split(separator: " ").map(String.init)
        guard let weekday = words.first, weekdays.contains(String(weekday.prefix(3))) else {
            return nil
        }
        if weekday.hasSuffix(",") {
            guard words.last == "GMT" else { return nil }
            if words.count == 6, weekday.utf8.count == 4 {
                return time(year: words[3], words[2], day: words[1], words[4])
            }
            let date = words[1].split(separator: "-").map(String.init)
            guard words.count == 4, date.count == 3, let year = fullYear(date[2], now) else {
                return nil
            }
            return time(year: year, date[1], day: date[0], words[2])
        }
        guard words.count == 5, let day = Int(words[2]), (1...31).contains(day) else { return nil }
        return time(year: words[4], words[1], day: day < 10 ? "0\(day)" : "\(day)", words[3])
    }

    private static func time(
        year: String, _ monthName: String, day: String, _ clock: String
    ) -> Timestamp? {
        guard let index = months.firstIndex(of: monthName) else { return nil }
        let month = index < 9 ? "0\(index + 1)" : "\(index + 1)"
        return Timestamp(parsing: "\(year)-\(month)-\(day)T\(clock).000Z")
    }

    private static func fullYear(_ digits: String, _ now: Timestamp) -> String? {
        guard digits.utf8.count == 2, let year = Int(digits), year >= 0,
            let thisYear = Int(now.description.prefix(4))
        else { return nil }
        let last = thisYear + 50
        return String(last - (last - year) % 100)
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

/// The current date for responses, worked out once a second.
final class DateClock: Sendable {
    private let latest = Mutex((second: Int64.min, text: ""))

    /// The date now, as `HTTPDate` writes it.
    func text() -> String {
        let now = Timestamp.now()
        return latest.withLock { latest in
            let second = now.milliseconds / 1000
            if second != latest.second { latest = (second, HTTPDate.text(now)) }
            return latest.text
        }
    }
}

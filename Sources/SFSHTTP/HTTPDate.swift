package import SFSCore
import Synchronization

/// Dates as HTTP writes them.
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

package import SFSCore

/// Which bytes, if any, the conditions and the range of a request ask for (RFC 9110, 13 and 14).
package enum Conditional: Sendable, Hashable {
    /// 200: everything.
    case whole
    /// 206: these offsets, never empty.
    case part(Range<Int64>)
    /// 206 as `multipart/byteranges`: 2 to 16 ranges, none empty, none touching another.
    ///
    /// They stand in the order in which they were asked for.
    case parts([Range<Int64>])
    /// 304.
    case notModified
    /// 412.
    case preconditionFailed
    /// 416, with `Content-Range: bytes */size`.
    case unsatisfiable

    /// Decides for a representation of `size` bytes that has a strong entity tag.
    ///
    /// `entityTag` is written with its quotes. `lastModified` counts in whole seconds; without it
    /// conditions about dates are not looked at. Ranges that cannot be understood, more than 16 of
    /// them, several that cover everything, and ranges of any method but GET are answered with
    /// everything.
    package static func evaluate(
        method: String, headers: HeaderFields, entityTag: String, lastModified: Timestamp? = nil,
        size: Int64
    ) -> Conditional {
        let isRead = method == "GET" || method == "HEAD"
        let wanted = headers.all("If-Match")
        if !wanted.isEmpty {
            guard matches(wanted, entityTag, weakly: false) else { return .preconditionFailed }
        } else if changed(lastModified, since: headers.first("If-Unmodified-Since")) == true {
            return .preconditionFailed
        }
        let known = headers.all("If-None-Match")
        if !known.isEmpty {
            if matches(known, entityTag, weakly: true) {
                return isRead ? .notModified : .preconditionFailed
            }
        } else if isRead, changed(lastModified, since: headers.first("If-Modified-Since")) == false
        {
            return .notModified
        }
        guard method == "GET", let ranges = RangeField.parse(headers),
            isCurrent(headers.first("If-Range"), entityTag, lastModified)
        else { return .whole }
        return choose(ranges, size)
    }

    private static func choose(_ ranges: [ByteRange], _ size: Int64) -> Conditional {
        let offsets = RangeField.coalesced(ranges.compactMap { $0.offsets(in: size) })
        guard let first = offsets.first else { return .unsatisfiable }
        if offsets.count > 1 { return .parts(offsets) }
        // One range for everything is answered as a range: players ask so to see what works.
        return ranges.count > 1 && first == 0..<size ? .whole : .part(first)
    }

    /// Whether a change at `time` came after `date`; `nil` when that cannot be said.
    private static func changed(_ time: Timestamp?, since date: String?) -> Bool? {
        guard let time, let date = date.flatMap({ HTTPDate.time($0.trimmingBlanks) }) else {
            return nil
        }
        return time.wholeSeconds > date.wholeSeconds
    }

    /// Whether a range may be sent by the condition `ifRange`, the value of an `If-Range` field.
    private static func isCurrent(
        _ ifRange: String?, _ entityTag: String, _ lastModified: Timestamp?
    ) -> Bool {
        guard let condition = ifRange?.trimmingBlanks else { return true }
        guard !condition.hasSuffix("\"") else { return condition == entityTag }
        guard let lastModified, let date = HTTPDate.time(condition) else { return false }
        return lastModified.wholeSeconds == date.wholeSeconds
    }

    /// Whether `entityTag` is in one of the lists `values`; `*` stands for any.
    private static func matches(_ values: [String], _ entityTag: String, weakly: Bool) -> Bool {
        values.contains { value in
            if value.trimmingBlanks == "*" { return true }
            // A comma inside a tag cuts it into pieces that match nothing, which is safe.
            return value.split(separator: ",").contains { tag in
                let tag = tag.trimmingBlanks
                return tag == entityTag || weakly && tag == "W/" + entityTag
            }
        }
    }
}

extension Timestamp {
    /// Seconds since 1970, rounded down, as dates in HTTP are.
    fileprivate var wholeSeconds: Int64 {
        (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000
    }
}

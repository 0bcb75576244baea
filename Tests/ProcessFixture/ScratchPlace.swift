import Foundation
import Glibc

/// Where folders for tests are made.
package enum ScratchPlace {
    /// On the machine's disk.
    package static let onDisk = "/tmp"

    /// In memory, where an fsync costs nothing, when the machine has `room` bytes of it to spare;
    /// else on its disk.
    package static func inMemory(room: Int64 = 1 << 30) -> String {
        let place = "/dev/shm"
        guard access(place, W_OK) == 0,
            // Without /proc nobody knows how much there is.
            let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)
        else { return onDisk }
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        let kibibytes = words.count > 1 ? Int64(words[1]) ?? 0 : 0
        return kibibytes << 10 >= room ? place : onDisk
    }
}

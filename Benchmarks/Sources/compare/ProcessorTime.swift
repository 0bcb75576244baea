import FoundationEssentials
import Glibc

/// Processor time of a process and of everything below it, as `/proc` has it.
enum ProcessorTime {
    /// Seconds that `process`, its children and theirs have taken so far, those that have ended
    /// and were waited for included.
    static func seconds(below process: Int32) throws -> Double {
        var parents: [Int32: Int32] = [:]
        var ticks: [Int32: Int] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let number = Int32(name), let fields = fields(of: number) else { continue }
            // From the third field of proc(5) on: parent is the fourth, times are 14 to 17.
            parents[number] = Int32(fields[1])
            ticks[number] = fields[11...14].compactMap { Int($0) }.reduce(0, +)
        }
        let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
        let sum = ticks.filter { isBelow(process, $0.key, parents) }.values.reduce(0, +)
        return Double(sum) / perSecond
    }

    private static func fields(of process: Int32) -> [Substring]? {
        // It may have ended meanwhile; then it counts with its parent.
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        guard let text, let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 15 ? fields : nil
    }

    private static func isBelow(
        _ top: Int32, _ process: Int32, _ parents: [Int32: Int32]
    ) -> Bool {
        var current: Int32? = process
        // No chain is longer than there are processes.
        for _ in 0...parents.count {
            guard let number = current else { return false }
            if number == top { return true }
            current = parents[number]
        }
        return false
    }
}

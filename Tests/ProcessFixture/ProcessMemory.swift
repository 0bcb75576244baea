import Foundation

/// The memory of a process, in bytes, as `/proc/<pid>/status` has it.
package struct ProcessMemory: Sendable, Hashable {
    /// The most that was ever resident (`VmHWM`).
    package let peak: Int64
    /// What is resident now (`VmRSS`).
    package let resident: Int64

    /// Looks at `process`; `nil` when there is no such process.
    package init?(of process: Int32) {
        // Not being there any more is the answer `nil`.
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let peak = Self.field("VmHWM:", in: text), let now = Self.field("VmRSS:", in: text)
        else { return nil }
        self.peak = peak
        resident = now
    }

    private static func field(_ name: String, in text: String) -> Int64? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count == 3 ? Int64(words[1]).map { $0 << 10 } : nil
    }
}

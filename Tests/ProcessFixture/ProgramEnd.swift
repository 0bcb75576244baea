import Glibc

/// How a process ended.
package enum ProgramEnd: Sendable, Hashable, CustomStringConvertible {
    /// It left by itself, with this exit status.
    case exited(Int32)
    /// A signal ended it.
    case killed(signal: Int32)

    /// Reads what waitpid(2) tells.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .killed(signal: signal)
    }

    /// The status as a shell has it: that of `exit`, or 128 and the number of the signal.
    package var status: Int32 {
        switch self {
        case .exited(let status): status
        case .killed(let signal): 128 + signal
        }
    }

    package var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by signal \(signal)"
        }
    }
}

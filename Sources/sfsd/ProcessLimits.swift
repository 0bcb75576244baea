import Glibc

/// What a process that serves files has to ask of the kernel first.
enum ProcessLimits {
    /// Keeps a closed pipe and a file-size limit from killing the process (they are errors of one
    /// write then), and takes all the file descriptors that the kernel grants.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

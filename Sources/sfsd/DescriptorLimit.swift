import Glibc
import Logging

/// How many files and connections the process may have open.
enum DescriptorLimit {
    /// Raises the limit to what the system allows: a node has thousands of connections, and as many
    /// replicas open.
    static func raise(_ logger: Logger) {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        if setrlimit(resource, &limit) != 0 {
            logger.warning("cannot raise the limit of open files", metadata: ["errno": "\(errno)"])
        }
    }
}

import CCurl
import SFSCore

/// Everything that libcurl is told about a transfer; what is not here has no say in it.
struct CurlSettings {
    let easy: UnsafeMutableRawPointer

    /// Sets all options for `order`; the call-backs get `context`, which is a `FetchRun`.
    func apply(
        _ order: FetchOrder, _ limits: FetchLimits, headers: CurlList,
        context: UnsafeMutableRawPointer
    ) throws(SFSError) {
        try setRequest(order, headers)
        try setBounds(limits)
        try setIsolation()
        try setReceivers(context)
    }

    private func setRequest(_ order: FetchOrder, _ headers: CurlList) throws(SFSError) {
        try set(CURLOPT_URL, order.url.text)
        try set(CURLOPT_USERAGENT, "StretchFS/\(Version.text)")
        try check(sfs_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers.first))
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        switch order.method {
        case .get: try set(CURLOPT_HTTPGET, 1)
        case .head: try set(CURLOPT_NOBODY, 1)
        case .post:
            try set(CURLOPT_POST, 1)
            try check(sfs_curl_set_body(easy, order.body, order.body.count))
        }
    }

    private func setBounds(_ limits: FetchLimits) throws(SFSError) {
        try set(CURLOPT_FOLLOWLOCATION, 1)
        try set(CURLOPT_MAXREDIRS, limits.redirectsMaximum)
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connectTimeout))
        try set(CURLOPT_TIMEOUT_MS, milliseconds(limits.totalTimeout))
        // A name that takes its time to resolve keeps nobody waiting after the time is up.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_NOSIGNAL, 1)
    }

    /// Keeps this machine and its other protocols out of it.
    private func setIsolation() throws(SFSError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_UNRESTRICTED_AUTH, 0)
        try set(CURLOPT_NETRC, 0)
        // Empty: the environment's proxy is not used either.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOPROXY, "*")
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
    }

    private func setReceivers(_ context: UnsafeMutableRawPointer) throws(SFSError) {
        try check(sfs_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        try check(
            sfs_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let bytes, let run = CurlSettings.run(context) else { return 0 }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                // Any other number than all of them ends the transfer; a line is never empty.
                return run.receiveHeader(line) ? line.count : 0
            })
        try check(sfs_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        try check(
            sfs_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let bytes, let run = CurlSettings.run(context) else { return 0 }
                return run.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            })
        try check(sfs_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context))
        try check(
            sfs_curl_set_socket_opener(easy) { context, _, address in
                guard let address, let run = CurlSettings.run(context) else { return -1 }
                return run.openSocket(address)
            })
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> FetchRun? {
        context.map { Unmanaged<FetchRun>.fromOpaque($0).takeUnretainedValue() }
    }

    private func set(_ option: CURLoption, _ value: Int) throws(SFSError) {
        try check(sfs_curl_set_number(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(SFSError) {
        try check(sfs_curl_set_text(easy, option, value))
    }

    private func check(_ status: CURLcode) throws(SFSError) {
        guard status == CURLE_OK else {
            throw SFSError(.internal, "libcurl refuses a setting: \(status.rawValue)")
        }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        max(1, min(Int(Int32.max), Int(duration / .milliseconds(1))))
    }
}

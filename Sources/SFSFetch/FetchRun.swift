import CCurl
import Glibc
import SFSCore

/// One fetch from start to end, on the thread that it has to itself.
final class FetchRun {
    private let order: FetchOrder
    private let limits: FetchLimits
    private let pipe: FetchPipe

    private var easy: UnsafeMutableRawPointer?
    /// What a call-back found wrong; libcurl only learns that something is.
    private var failure: SFSError?
    private var hasRefusedAddress = false
    private var headerBytes = 0
    private var bodyBytes: Int64 = 0
    private var hasDeliveredHead = false
    private var isPaused = false
    private var progress = ContinuousClock.now

    init(order: FetchOrder, limits: FetchLimits, pipe: FetchPipe) {
        self.order = order
        self.limits = limits
        self.pipe = pipe
    }

    /// Fetches; what comes of it is in the pipe.
    func perform() {
        do throws(SFSError) {
            try withExtendedLifetime(self) { () throws(SFSError) in try transfer() }
            pipe.finish(nil)
        } catch {
            pipe.finish(error)
        }
    }

    private func transfer() throws(SFSError) {
        guard CurlLibrary.isReady, let easy = curl_easy_init() else {
            throw SFSError(.unavailable, "libcurl cannot be started")
        }
        defer { curl_easy_cleanup(easy) }
        self.easy = easy
        let headers = CurlList(order.headerLines)
        try CurlSettings(easy: easy).apply(order, limits, headers: headers, context: context)
        guard let loop = curl_multi_init() else {
            throw SFSError(.unavailable, "libcurl cannot be started")
        }
        defer { curl_multi_cleanup(loop) }
        curl_multi_add_handle(loop, easy)
        defer { curl_multi_remove_handle(loop, easy) }
        pipe.open(FetchWaker(loop))
        defer { pipe.close() }
        try withExtendedLifetime(headers) { () throws(SFSError) in try drive(loop, easy) }
    }

    /// For the call-backs of `CurlSettings`; they are called on this thread, within `perform()`.
    private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private func drive(
        _ loop: UnsafeMutableRawPointer, _ easy: UnsafeMutableRawPointer
    ) throws(SFSError) {
        var running: Int32 = 0
        while true {
            guard curl_multi_perform(loop, &running) == CURLM_OK else {
                throw SFSError(.internal, "libcurl gave up a transfer")
            }
            if running == 0 { break }
            if pipe.isAbandoned { return }
            if isPaused, pipe.hasRoom {
                isPaused = false
                progress = .now
                curl_easy_pause(easy, CURLPAUSE_CONT)
                continue
            }
            // While it is paused it is the reader who takes its time.
            guard isPaused || .now - progress <= limits.stallTimeout else {
                throw SFSError(.timeout, "'\(order.url.host)' sent nothing for too long")
            }
            curl_multi_poll(loop, nil, 0, 1000, nil)
        }
        try conclude(loop, easy)
    }

    private func conclude(
        _ loop: UnsafeMutableRawPointer, _ easy: UnsafeMutableRawPointer
    ) throws(SFSError) {
        var left: Int32 = 0
        guard let message = curl_multi_info_read(loop, &left), message.pointee.msg == CURLMSG_DONE
        else { throw SFSError(.internal, "libcurl ended a transfer without a result") }
        if let failure { throw failure }
        let result = message.pointee.data.result
        if result == CURLE_COULDNT_CONNECT, hasRefusedAddress {
            throw FetchFailure.refusedAddress
        }
        guard result == CURLE_OK else {
            throw FetchFailure.error(
                for: result, host: order.url.host,
                systemError: Int32(truncatingIfNeeded: sfs_curl_get_number(easy, CURLINFO_OS_ERRNO))
            )
        }
        // An empty body comes without a call.
        try deliverHead()
    }
}

// MARK: - What libcurl calls

extension FetchRun {
    /// Opens a socket for the address that libcurl is about to connect to, if it may be.
    func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN) + Int(IF_NAMESIZE))
        guard sfs_curl_address_text(address, &text, socklen_t(text.count)) == 0,
            limits.admit(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
        else {
            hasRefusedAddress = true
            return -1
        }
        let to = address.pointee
        return socket(to.family, to.socktype | Int32(SOCK_CLOEXEC.rawValue), to.`protocol`)
    }

    /// Counts a line of a head; `false` to end the transfer.
    func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        progress = .now
        headerBytes += bytes.count
        guard headerBytes <= limits.headerBytesMaximum else {
            failure = SFSError(.tooLarge, "'\(order.url.host)' sent too many headers")
            return false
        }
        return true
    }

    /// Passes a part of the body on; says how much of it was taken, or to wait, or to end.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        progress = .now
        do throws(SFSError) {
            try deliverHead()
            guard bodyBytes + Int64(bytes.count) <= limits.bytesMaximum else {
                throw FetchFailure.tooLarge(limits)
            }
        } catch {
            failure = error
            return 0
        }
        switch pipe.offer(bytes) {
        case .taken:
            bodyBytes += Int64(bytes.count)
            return bytes.count
        case .full:
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        case .abandoned: return 0
        }
    }

    private func deliverHead() throws(SFSError) {
        guard let easy, !hasDeliveredHead else { return }
        let status = sfs_curl_get_number(easy, CURLINFO_RESPONSE_CODE)
        guard (200..<300).contains(status) else {
            throw SFSError(.unavailable, "'\(order.url.host)' answered with status \(status)")
        }
        let length = Int64(sfs_curl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
        guard length <= limits.bytesMaximum || order.method == .head else {
            throw FetchFailure.tooLarge(limits)
        }
        let stated = sfs_curl_get_text(easy, CURLINFO_CONTENT_TYPE).map { String(cString: $0) }
        let url = sfs_curl_get_text(easy, CURLINFO_EFFECTIVE_URL).map { String(cString: $0) }
        hasDeliveredHead = true
        pipe.deliver(
            FetchedHead(
                mediaType: stated.flatMap { MediaType.parse(stated: $0) },
                length: length >= 0 ? length : nil,
                fileName: url.flatMap { FetchURL.fileName(of: $0) }))
    }
}

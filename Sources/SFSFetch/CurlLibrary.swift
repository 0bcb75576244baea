import CCurl

/// libcurl itself.
enum CurlLibrary {
    /// Whether it could be set up, which happens once, at the first question.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// Lines in the form in which libcurl wants them; they live as long as this does.
final class CurlList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        for line in lines { first = curl_slist_append(first, line) }
    }

    deinit {
        curl_slist_free_all(first)
    }
}

package import SFSCore

/// How far a fetch may go.
package struct FetchLimits: Sendable {
    /// Addresses that may be fetched although they are not public.
    package var allowed: [IPNetwork]
    /// How many redirects are followed.
    package var redirectsMaximum: Int
    /// The longest body that is taken.
    package var bytesMaximum: Int64
    /// How much all heads together may hold, those of redirects too.
    package var headerBytesMaximum: Int
    /// The longest time for a name, a connection and TLS together, for each redirect again.
    package var connectTimeout: Duration
    /// The longest time without a byte while the reader waits for one.
    package var stallTimeout: Duration
    /// The longest time for everything, a slow reader's time too.
    package var totalTimeout: Duration

    /// Sets the limits; the times count in milliseconds and are not zero.
    package init(
        allowed: [IPNetwork] = [], redirectsMaximum: Int = 5, bytesMaximum: Int64,
        headerBytesMaximum: Int = 64 << 10, connectTimeout: Duration = .seconds(10),
        stallTimeout: Duration = .seconds(30), totalTimeout: Duration
    ) {
        precondition(redirectsMaximum >= 0 && bytesMaximum >= 0, "a limit is not negative")
        self.allowed = allowed
        self.redirectsMaximum = redirectsMaximum
        self.bytesMaximum = bytesMaximum
        self.headerBytesMaximum = headerBytesMaximum
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.totalTimeout = totalTimeout
    }

    /// Whether `address`, written as text, may be connected to.
    func admit(_ address: String) -> Bool {
        PublicAddress.isPublic(address) || allowed.contains { $0.contains(address) }
    }
}

/// Hears how a transfer goes on, from any thread.
package protocol TransferObserver: Sendable {
    /// A download has `bytes` more to fetch than was known before.
    func willMove(_ bytes: Int64)
    /// `bytes` more were read, sent or fetched.
    func didMove(_ bytes: Int64)
}

import SFSClient
import SFSCore
import SFSWire

/// Reading all purchases that are meant, however many, a page at a time.
struct PurchasePages {
    let prism: PrismClient

    private static let pageLength = 1000

    /// Calls `use` with each page that has anything on it, until it returns `false`.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a token that there is not; what `use` throws.
    func forEach(
        _ selection: PurchaseSelection, _ use: ([PurchaseReply]) throws -> Bool
    ) async throws {
        var after: PurchaseToken?
        repeat {
            let page = try await prism.purchases(selection, after: after, limit: Self.pageLength)
            if case .token(let token) = selection, page.purchases.isEmpty {
                throw SFSError(.notFound, "there is no purchase '\(token)'")
            }
            if !page.purchases.isEmpty, try !use(page.purchases) { return }
            after = page.next
        } while after != nil
    }
}

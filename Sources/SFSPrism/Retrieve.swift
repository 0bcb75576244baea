package import SFSCore
package import SFSFetch
package import SFSWire

extension Prism {
    /// Fetches a file from elsewhere and takes it in.
    ///
    /// - Throws: `SFSError` as `Fetcher.fetch` does when the file cannot be had, and as `put` does.
    package func retrieve(
        _ request: FetchRequest, algorithm: HashAlgorithm, fileExtension: String,
        mediaType: String?
    ) async throws -> ContentReply {
        try await services.fetcher.fetch(request) { [self] fetched in
            let put = try PutRequest(
                declared: nil, algorithm: algorithm, copies: nil, fileExtension: fileExtension,
                mediaType: mediaType, length: fetched.length)
            return try await self.put(put, body: fetched.bytes)
        }
    }
}

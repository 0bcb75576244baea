import Foundation
import PrismStandIn
import SFSCore
import SystemPackage

@testable import SFSClient

/// A stand-in prism, a transfer to it, and a folder of its own that is removed in the end.
final class TransferFixture: Sendable {
    let standIn: PrismStandIn
    let prism: PrismClient
    let transfer: FileTransfer
    let observer = CountingObserver()
    let folder: FilePath
    private let transport: HTTPTransport

    private init() throws {
        standIn = try PrismStandIn()
        transport = HTTPTransport(try HTTPAddress(parsing: standIn.address))
        prism = PrismClient(transport)
        transfer = try FileTransfer(
            prism, width: 2, retryDelay: .milliseconds(1), observer: observer)
        folder = FilePath("/tmp/sfs-client-\(UploadID.random())")
        try FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: false)
    }

    /// Makes a fixture for `body` and takes it down again.
    static func with<Value>(_ body: (TransferFixture) async throws -> Value) async throws -> Value {
        let fixture = try TransferFixture()
        do {
            let value = try await body(fixture)
            await fixture.takeDown()
            return value
        } catch {
            await fixture.takeDown()
            throw error
        }
    }

    /// The path of a file in the folder.
    func path(_ name: String) -> FilePath { folder.appending(name) }

    /// Writes a file of the folder.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name).string))
        return path(name)
    }

    /// The bytes of a file of the folder; `nil` when there is none.
    func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path(name).string).map { Array($0) }
    }

    /// The names in the folder, sorted.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted() }
    }

    private func takeDown() async {
        await transfer.shutdown()
        await transport.shutdown()
        standIn.stop()
        try? FileManager.default.removeItem(atPath: folder.string)
    }
}

/// `count` bytes: a block of all byte values, again and again.
func pattern(_ count: Int) -> [UInt8] {
    let block = (0..<251).map { UInt8($0) }
    return Array([[UInt8]](repeating: block, count: count / block.count + 1).joined().prefix(count))
}

import Foundation
import SFSCore
import SFSFiles
import SystemPackage

/// Runs `body` with a new folder on a real disk, and removes it afterwards.
func withTemporaryFolder<Result>(
    _ body: (_ folder: Folder, _ path: String) async throws -> Result
) async throws -> Result {
    let path = "/tmp/sfs-files-\(UploadID.random())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(Folder.open(FilePath(path)), path)
}

/// Runs a program to its end and gives what it printed.
@discardableResult
func output(of program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw SFSError(.internal, "'\(program)' ended with status \(process.terminationStatus)")
    }
    return String(decoding: data, as: UTF8.self)
}

/// `count` bytes that are the same in every run and nowhere the same for long.
func testBytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }
}

/// The CRC32C of an array.
func sum(_ bytes: [UInt8], after sum: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBytes { CRC32C.sum(of: $0, after: sum) }
}

import Foundation
import ProcessFixture

/// One moment at which the power was cut, and what had been promised before it.
struct CutState: Sendable {
    /// From 1, in the order of time.
    let number: Int
    /// The disk as it was.
    let image: String
    /// Hashes that were acknowledged before the copy began.
    let promised: [String]

    /// Copies image and promises to `path`, where they outlive the campaign.
    func keep(at path: String) async throws {
        try await run("cp", ["--sparse=always", image, path], limit: .seconds(600))
            .succeeded("copy of the image")
        let text = promised.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(filePath: path + ".acked"))
    }

    /// Reads what `keep` left at `path`.
    static func kept(at path: String) throws -> CutState {
        let text = try String(contentsOfFile: path + ".acked", encoding: .utf8)
        return CutState(
            number: 1, image: path, promised: text.split(separator: "\n").map(String.init))
    }
}

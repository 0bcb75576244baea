import Foundation
import ProcessFixture

/// What the command line of a campaign says.
package struct CampaignOptions: Sendable {
    /// How many points or states are tried; `nil` = as many as the campaign has.
    package var points: Int?
    /// What all random numbers of the run come from.
    package var seed: UInt64 = 1
    /// The bug to be planted.
    package var plant: Plant?
    /// The only point to be tried.
    package var replay: String?
    /// The kind of points to be tried alone; what kinds there are, the campaign knows.
    package var kind: String?
    /// How many files a campaign that asks puts into its cluster.
    package var files = 2000
    /// Where scratch files go; `nil` = the campaign decides.
    package var folder: String?

    /// Reads `--points N`, `--seed N`, `--plant NAME`, `--replay POINT`, `--kind NAME`, `--files N`
    /// and `--folder DIR`.
    ///
    /// - Throws: `FixtureError` with what is wrong.
    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else {
                throw FixtureError("'\(option)' is unknown or has no value")
            }
            switch option {
            case "--points": points = try Self.number(value, of: option)
            case "--seed": seed = UInt64(try Self.number(value, of: option))
            case "--plant":
                guard let plant = Plant(rawValue: value) else {
                    let names = Plant.allCases.map(\.rawValue).joined(separator: ", ")
                    throw FixtureError("'\(value)' is none of \(names)")
                }
                self.plant = plant
            case "--replay": replay = value
            case "--kind": kind = value
            case "--files": files = try Self.number(value, of: option)
            case "--folder": folder = value
            default: throw FixtureError("'\(option)' is not an option")
            }
        }
    }

    private static func number(_ text: String, of option: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw FixtureError("'\(text)' is not a number for '\(option)'")
        }
        return number
    }
}

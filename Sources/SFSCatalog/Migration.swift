/// One step of the schema, embedded from `Migrations/`.
struct Migration: Sendable {
    /// Steps are numbered from 1 without gaps.
    let number: Int32
    let name: String
    let statements: String

    /// All steps in order.
    ///
    /// A step is never changed after a release.
    static let all = [
        // SwiftPM's name of `0001-first-light.sql`: `_` takes the place of the first character.
        Migration(number: 1, name: "first-light", bytes: PackageResources._001_first_light_sql),
        Migration(
            number: 2, name: "accounts-and-purchases",
            bytes: PackageResources._002_accounts_and_purchases_sql),
        Migration(number: 3, name: "movement", bytes: PackageResources._003_movement_sql),
    ]

    init(number: Int32, name: String, statements: String) {
        self.number = number
        self.name = name
        self.statements = statements
    }

    private init(number: Int32, name: String, bytes: [UInt8]) {
        self.init(number: number, name: name, statements: String(decoding: bytes, as: UTF8.self))
    }
}

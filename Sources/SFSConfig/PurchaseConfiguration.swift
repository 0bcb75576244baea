package import SFSCore

/// What purchases are like when their buyer does not say.
package struct PurchaseConfiguration: Sendable, Hashable {
    /// The ASCII letter that tokens sold here begin with.
    package let zone: Character
    /// How long a purchase may be used.
    package let life: Duration
    /// How long it is remembered after that.
    package let afterLife: Duration
    /// The longest life, and the longest after-life, that a client may ask for.
    package let lifeMaximum: Duration
    /// From where purchases may be used that are made by clients of the compatible API which name
    /// no site; none = from anywhere.
    package let referrers: [Referrer]
}

extension PurchaseConfiguration {
    /// Reads the section `purchase`.
    init(reading section: Section) {
        let life = SettingKind<Duration>.duration(.seconds(1)...Duration.hours(24 * 3650))
        zone = section.setting("zone", .letter, default: "a")
        self.life = section.setting("life", life, default: .hours(2))
        afterLife = section.setting(
            "afterLife", .duration(.zero...Duration.hours(24 * 3650)), default: .hours(2))
        lifeMaximum = section.setting("lifeMaximum", life, default: .hours(24 * 366))
        referrers = section.list("referrers", .referrer, default: ["localhost"])
        if lifeMaximum < self.life || lifeMaximum < afterLife {
            section.mistake("lifeMaximum", "should not be less than 'life' and 'afterLife'")
        }
    }
}

extension SettingKind where Value == Character {
    /// One ASCII letter.
    fileprivate static var letter: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard text.count == 1, let letter = text.first, letter.isASCII, letter.isLetter
                else { throw SFSError(.usage, "'\(text)' is not one letter from a to z") }
                return letter
            },
            show: { String($0) })
    }
}

import SFSCore

/// How contents are given out.
package struct DeliveryConfiguration: Sendable, Hashable {
    /// What a prism does with a request for the bytes of a content.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Sends the client to a store.
        case redirect
        /// Gets the bytes from a store and passes them on.
        case proxy
    }

    /// When bytes are compared with their sums on their way to a client.
    package enum Verify: String, Sendable, Hashable, CaseIterable {
        /// The first time since the store started, or since `verify.window` ended.
        case first
        /// Each time.
        case always
        /// Never.
        case off
    }

    /// Who sends the bytes to a client.
    package let mode: Mode
    /// Extensions, in lower case and without a dot, that `/static` refuses: such files want a
    /// purchase.
    package let denyStaticTypes: Set<String>
    /// When a store compares bytes with their sums before it sends them.
    package let verify: Verify
    /// How many replicas each store keeps open for clients.
    package let openReplicasMaximum: Int
    /// How long a store may take to begin or to go on answering before another is asked.
    package let readTimeout: Duration
    /// How long purchases, contents and grants are honoured without word from the catalog.
    package let staleAfter: Duration
    /// How long it is remembered which stores a viewer was sent to.
    package let slotLife: Duration
    /// How often counted hits and bytes are written to the catalog.
    package let trafficInterval: Duration
    /// How long the hourly numbers are kept.
    package let trafficKept: Duration

    /// What `/static` refuses unless somebody decides otherwise: audio and video.
    private static let standardDenyStaticTypes = [
        "aac", "ape", "asf", "avi", "dv", "flac", "flv", "m2v", "m3a", "m4v", "mkv", "mp2", "mp3",
        "mp4", "mov", "moov", "mpeg", "mpg", "ogg", "ogm", "ts", "webm", "wmv",
    ]
}

extension DeliveryConfiguration {
    /// Reads the section `delivery`.
    init(reading section: Section) {
        mode = section.setting("mode", .word, default: .redirect)
        denyStaticTypes = Set(
            section.list(
                "denyStaticTypes", .fileExtension, default: Self.standardDenyStaticTypes))
        verify = section.setting("verify", .word, default: .first)
        openReplicasMaximum = section.setting(
            "openReplicasMaximum", .count(1...1_000_000), default: 2048)
        readTimeout = section.setting(
            "readTimeout", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(10))
        staleAfter = section.setting(
            "staleAfter", .duration(.seconds(1)...Duration.hours(24 * 30)), default: .hours(1))
        slotLife = section.setting(
            "slotLife", .duration(.seconds(1)...Duration.hours(24 * 30)), default: .hours(4))
        trafficInterval = section.setting(
            "trafficInterval", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(5))
        trafficKept = section.setting(
            "trafficKept", .duration(.hours(1)...Duration.hours(24 * 3650)),
            default: .hours(24 * 90))
    }
}

extension SettingKind where Value == String {
    /// The extension of a file, printed in lower case; without its dot.
    fileprivate static var fileExtension: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard (1...32).contains(text.utf8.count),
                    text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
                else { throw SFSError(.usage, "'\(text)' is not an extension like mp4") }
                return text.lowercased()
            },
            show: \.self)
    }
}

/// How contents are given out.
package struct DeliveryConfiguration: Sendable, Hashable {
    /// How long a store may take to begin or to go on answering before another is asked.
    package let readTimeout: Duration
}

extension DeliveryConfiguration {
    /// Reads the section `delivery`.
    init(reading section: Section) {
        readTimeout = section.setting(
            "readTimeout", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(10))
    }
}

import SFSCore

/// How people and programs log in.
package struct AccountsConfiguration: Sendable, Hashable {
    /// How long a token of a login may be used.
    package let sessionLife: Duration
    /// How long a login waits after the first failure; twice as long after each further one.
    package let loginDelay: Duration
    /// The longest such wait.
    package let loginDelayMaximum: Duration
    /// Logins that wait or are checked at once; one more is refused.
    package let loginsWaitingMaximum: Int
}

extension AccountsConfiguration {
    /// Reads the section `accounts`.
    init(reading section: Section) {
        let delay = SettingKind<Duration>.duration(.milliseconds(1)...Duration.seconds(60))
        sessionLife = section.setting(
            "sessionLife", .duration(.seconds(10)...Duration.hours(24 * 366)),
            default: .hours(24))
        loginDelay = section.setting("loginDelay", delay, default: .milliseconds(250))
        loginDelayMaximum = section.setting("loginDelayMaximum", delay, default: .seconds(8))
        loginsWaitingMaximum = section.setting(
            "loginsWaitingMaximum", .count(1...100_000), default: 1000)
        if loginDelayMaximum < loginDelay {
            section.mistake(
                "loginDelayMaximum",
                "should not be less than 'loginDelay' (\(loginDelay.settingText))")
        }
    }
}

import SFSConfig
import SFSCore
import SFSFetch
import SFSPrism
import SFSServer
import SFSStore

extension Configuration {
    /// How contents reach those who bought them, from `prism`.
    func deliverySettings(of prism: PrismConfiguration) -> DeliverySettings {
        var settings = DeliverySettings()
        settings.mode = delivery.mode == .proxy ? .proxy : .redirect
        settings.domain = domain
        settings.publicURL = prism.publicURL
        settings.denyStaticTypes = delivery.denyStaticTypes
        settings.staleAfter = delivery.staleAfter
        settings.trustedProxies = http.trustedProxies
        return settings
    }
}

extension PurchaseConfiguration {
    /// The same for a prism.
    var settings: PurchaseSettings {
        var settings = PurchaseSettings()
        settings.zone = zone
        settings.lifeSeconds = life.components.seconds
        settings.afterLifeSeconds = afterLife.components.seconds
        settings.lifeSecondsMaximum = lifeMaximum.components.seconds
        settings.referrers = referrers.map(\.host)
        return settings
    }
}

extension AccountsConfiguration {
    /// The same for a prism.
    var settings: LoginSettings {
        var settings = LoginSettings()
        settings.sessionLife = sessionLife
        settings.delay = loginDelay
        settings.delayMaximum = loginDelayMaximum
        settings.waitingMaximum = loginsWaitingMaximum
        return settings
    }
}

extension RetrieveConfiguration {
    /// The same for a fetcher.
    var limits: FetchLimits {
        FetchLimits(
            allowed: allow, redirectsMaximum: redirectsMaximum, bytesMaximum: bytesMaximum.bytes,
            totalTimeout: timeout)
    }
}

extension Credentials {
    /// What HTTP Basic may show, as the configuration has it.
    init(_ credential: BasicCredential) {
        self.init(name: credential.name, password: credential.password.text)
    }
}

extension Secret {
    /// As text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension DeliveryConfiguration {
    /// What stores are told of `verify`.
    var check: DeliveryCheck {
        switch verify {
        case .first: .first
        case .always: .always
        case .off: .off
        }
    }
}

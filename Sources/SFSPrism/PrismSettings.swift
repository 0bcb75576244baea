package import SFSCore

/// What a prism is told by the configuration.
package struct PrismSettings: Sendable, Hashable {
    /// Its name, its zone, and the machine that it runs on.
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// Copies that every content has before a client hears "yes", and the fewest that a client may
    /// ask for.
    package var copies: Int
    /// Bytes that may wait for one store while a body is streamed to it.
    package var windowBytes: Int
    /// How long a store may take nothing of a body, or not answer a commit, before it counts as
    /// failed.
    package var storeTimeout: Duration
    /// How long a store may take to begin or to go on answering a read before another is asked.
    package var readTimeout: Duration
    /// How long a store that failed is left out of choices.
    package var suspicion: Duration
    /// How often members are read from the catalog, and this one reports to it.
    package var heartbeat: Duration
    /// How old a store's last report may be before it counts as offline.
    package var offlineAfter: Duration
    /// Bytes up to which a content whose length is known is held in memory and given to its stores
    /// at once; 0 = only an empty one.
    package var smallBytes: Int64 = 1 << 20
    /// Bytes of one request that brings contents, at most.
    package var uploadBytesMaximum: Int64 = 2 << 40
    /// How contents reach those who bought them.
    package var delivery = DeliverySettings()
    /// What purchases are like.
    package var purchases = PurchaseSettings()
    /// What sessions are like.
    package var logins = LoginSettings()

    /// The most copies that a client may ask for.
    package static let copiesMaximum = 16

    package init(
        name: MemberName, zone: MemberName, host: MemberName, copies: Int = 2,
        windowBytes: Int = 512 << 10, storeTimeout: Duration = .seconds(30),
        readTimeout: Duration = .seconds(10),
        suspicion: Duration = .seconds(10), heartbeat: Duration = .seconds(2),
        offlineAfter: Duration = .seconds(15)
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.copies = copies
        self.windowBytes = windowBytes
        self.storeTimeout = storeTimeout
        self.readTimeout = readTimeout
        self.suspicion = suspicion
        self.heartbeat = heartbeat
        self.offlineAfter = offlineAfter
    }
}

/// How contents reach those who bought them.
package struct DeliverySettings: Sendable, Hashable {
    /// Who sends the bytes.
    package enum Mode: Sendable, Hashable {
        /// A store, to which the prism redirects.
        case redirect
        /// The prism itself, which reads them from a store.
        case proxy
    }

    /// Who sends the bytes.
    package var mode = Mode.redirect
    /// Stores are reached as `<store>.<domain>`; `nil` = by their addresses.
    package var domain: String?
    /// What purchase URLs begin with, without a slash at the end; `nil` = where it listens.
    package var publicURL: String?
    /// Extensions, in lower case, that are not given out without a purchase.
    package var denyStaticTypes: Set<String> = []
    /// How long what was read from the catalog goes on being used while it is away.
    package var staleAfter: Duration = .seconds(3600)
    /// Proxies whose word on the protocol counts (`X-Forwarded-Protocol`).
    package var trustedProxies: [IPNetwork] = []

    package init() {}
}

/// What purchases are like.
package struct PurchaseSettings: Sendable, Hashable {
    /// First letter of every token.
    package var zone: Character = "a"
    /// Seconds for which a purchase lives when its buyer does not say.
    package var lifeSeconds: Int64 = 7200
    /// Seconds for which it is remembered afterwards.
    package var afterLifeSeconds: Int64 = 7200
    /// The longest life that a buyer may ask for, in seconds.
    package var lifeSecondsMaximum: Int64 = 366 * 86_400
    /// Sites for clients of the original's API that name none.
    package var referrers: [String] = ["localhost"]

    package init() {}
}

/// What sessions are like, and how failing logins are slowed.
package struct LoginSettings: Sendable, Hashable {
    /// How long a session that is not permanent lives.
    package var sessionLife: Duration = .seconds(86_400)
    /// How long the answer to the first failure waits; it doubles with every further one.
    package var delay: Duration = .milliseconds(250)
    /// How long an answer waits at most.
    package var delayMaximum: Duration = .seconds(8)
    /// Logins of different accounts and addresses that may be under way at once; the next ones are
    /// refused.
    package var waitingMaximum = 1000

    package init() {}
}

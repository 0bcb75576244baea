/// Where one content must be, must stay and must not be (protocol.md 1.13).
package struct ContentRules: Sendable, Hashable {
    /// At least so many replicas, 1 or more; `nil` = as many as it wants.
    package var copyMinimum: Int?
    /// At most so many; `nil` = any number.
    package var copyMaximum: Int?
    /// Every store that can shall hold it.
    package var isForced: Bool
    /// No store may give its replica up.
    package var isProtected: Bool
    /// Stores that shall hold it.
    package var forcedStores: Set<StoreNumber>
    /// Stores that may not give it up.
    package var protectedStores: Set<StoreNumber>
    /// Stores that may not take it.
    package var bannedStores: Set<StoreNumber>

    package init(
        copyMinimum: Int? = nil, copyMaximum: Int? = nil, isForced: Bool = false,
        isProtected: Bool = false, forcedStores: Set<StoreNumber> = [],
        protectedStores: Set<StoreNumber> = [], bannedStores: Set<StoreNumber> = []
    ) {
        self.copyMinimum = copyMinimum
        self.copyMaximum = copyMaximum
        self.isForced = isForced
        self.isProtected = isProtected
        self.forcedStores = forcedStores
        self.protectedStores = protectedStores
        self.bannedStores = bannedStores
    }

    /// How many replicas there should be of a content that wants `want`.
    package func copies(wanting want: Int) -> Int {
        let most = copyMaximum ?? Int.max
        return max(1, min(max(want, copyMinimum ?? 1), most))
    }

    /// Whether `store` may give its replica up.
    package func mayLeave(_ store: StoreNumber) -> Bool {
        !isProtected && !isForced && !protectedStores.contains(store)
            && !forcedStores.contains(store)
    }

    /// Whether `store` may take a replica.
    package func mayTake(_ store: StoreNumber) -> Bool { !bannedStores.contains(store) }
}

package import SFSCore
package import SFSWire

extension PrismClient {
    /// Has a prism or a store read the change feed now; only for other members.
    package func readFeed() async throws {
        try await transport.order(HTTPRequestParts(.post, Routes.readFeed))
    }

    /// Every prism and store in the catalog, by name.
    package func members() async throws -> [MemberReply] {
        try await transport.send(
            HTTPRequestParts(.get, Routes.members), for: MemberList.self
        ).members
    }

    /// Gives roles to a member and takes roles from it, at once.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.usage` for the role `online`.
    package func changeRoles(
        of member: MemberName, _ order: RolesOrder
    ) async throws -> MemberReply {
        let request = try HTTPRequestParts(.post, Routes.roles(member)).with(json: order)
        return try await transport.send(request, for: MemberReply.self)
    }

    /// Takes a prism that is gone for good out of the catalog.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when it is alive or a store.
    package func removeMember(_ name: MemberName) async throws {
        try await transport.order(HTTPRequestParts(.delete, Routes.member(name)))
    }

    /// Has a store take contents again; the plan that drains it is cancelled.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func undrain(_ store: MemberName) async throws -> MemberReply {
        try await transport.send(
            HTTPRequestParts(.post, Routes.undrain(store)), for: MemberReply.self)
    }

    /// Takes a store out of the cluster for good.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.conflict` while a content needs it.
    package func retire(_ store: MemberName) async throws -> MemberReply {
        let request = HTTPRequestParts(.post, Routes.retire(store))
            .with(patience: transport.limits.planTimeout)
        return try await transport.send(request, for: MemberReply.self)
    }

    /// Whether a store can go; a yes is kept for it for a time.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func can(_ purpose: StorePurpose, _ store: MemberName) async throws -> CanReply {
        let request = HTTPRequestParts(.get, Routes.can(purpose, store))
            .with(patience: transport.limits.planTimeout)
        return try await transport.send(request, for: CanReply.self)
    }

    /// Takes over a volume that is there already, on the prism's host.
    ///
    /// - Throws: `SFSError` with code `.conflict` when it is of another store or cluster,
    ///   `.configuration` when no store of the daemon's configuration fits.
    package func adoptVolume(_ order: AdoptOrder) async throws -> AdoptReply {
        let request = try HTTPRequestParts(.post, Routes.storeAdopt).with(json: order)
        return try await transport.send(request, for: AdoptReply.self)
    }
}

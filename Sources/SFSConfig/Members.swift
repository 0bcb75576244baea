import SFSCore

/// The members of one process, for what must hold between them.
struct Members {
    /// Prisms and stores in the order of the file; `nil` where one could not be read.
    let prisms: [PrismConfiguration?]
    let stores: [StoreConfiguration?]

    /// Reports what is missing and what two members may not share.
    func report(to top: Section) {
        if prisms.isEmpty, stores.isEmpty {
            top.mistake(nil, "has no prism and no store: there is nothing to run")
        }
        if prisms.isEmpty {
            for case let store? in stores where store.listen.isEmpty {
                top.mistake(
                    "stores", "'\(store.name)' has no 'listen' and no prism beside it to use it")
            }
        }
        for case let prism? in prisms {
            reportUnnamed(prism.name, prism.url, prism.listen, to: top)
        }
        for case let store? in stores {
            reportUnnamed(store.name, store.url, store.listen, to: top)
        }
        reportTwice(names, "is the name of two members", to: top)
        reportTwice(places, "is listened on twice", to: top)
        reportTwice(stores.compactMap { $0?.volume }, "is the volume of two stores", to: top)
        reportNested(to: top)
    }

    private var names: [String] {
        prisms.compactMap { $0?.name.text } + stores.compactMap { $0?.name.text }
    }

    /// Where somebody listens, without ports that the kernel picks.
    private var places: [String] {
        let listeners = prisms.flatMap { $0?.listen ?? [] } + stores.flatMap { $0?.listen ?? [] }
        return listeners.compactMap { listener in
            switch listener {
            case .tcp(_, port: 0, _): nil
            case .tcp(let address, let port, _): "\(address) port \(port)"
            case .unix(let path, _): path
            }
        }
    }

    /// Who listens on every address has none that others could be told.
    private func reportUnnamed(
        _ name: MemberName, _ url: String?, _ listen: [ListenerConfiguration], to top: Section
    ) {
        let first = listen.lazy.compactMap { listener -> String? in
            guard case .tcp(let address, _, _) = listener else { return nil }
            return address
        }.first
        guard url == nil, let first, ["0.0.0.0", "::"].contains(first) else { return }
        top.mistake(
            nil, "'\(name)' listens on every address: set its 'url' so that others find it")
    }

    private func reportTwice(_ texts: [String], _ problem: String, to top: Section) {
        var seen: Set<String> = []
        for text in texts where !seen.insert(text).inserted {
            top.mistake(nil, "'\(text)' \(problem)")
        }
    }

    /// A volume inside another would be swept and counted by both stores.
    private func reportNested(to top: Section) {
        let volumes = stores.compactMap { $0?.volume }
        for inner in volumes {
            for outer in volumes where inner.hasPrefix(outer + "/") {
                top.mistake("stores", "the volume '\(inner)' is inside the volume '\(outer)'")
            }
        }
    }
}

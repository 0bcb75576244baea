/// Where the files of a development cluster are.
struct DevFiles: Sendable {
    /// Absolute path of the cluster's folder.
    let folder: String

    var configuration: String { "\(folder)/sfsd.yaml" }
    var clusterKey: String { "\(folder)/cluster.key" }
    var token: String { "\(folder)/token" }
    /// What HTTP Basic may say to every prism, and what it may say to every store.
    var prismCredentials: String { "\(folder)/prisms.credentials" }
    var storeCredentials: String { "\(folder)/stores.credentials" }
    var certificate: String { "\(folder)/tls.crt" }
    var certificateKey: String { "\(folder)/tls.key" }
    /// The first prism's socket.
    var socket: String { "\(folder)/sfsd.sock" }
    /// What shells source.
    var environment: String { "\(folder)/env" }
    /// The name of the first account, once it was made; never its password.
    var account: String { "\(folder)/account" }

    /// The folder that `store` owns.
    func volume(of store: String) -> String { "\(folder)/volumes/\(store)" }
}

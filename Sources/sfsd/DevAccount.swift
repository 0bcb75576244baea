import Glibc
import SFSCore
import SFSPrism

/// The first account of a development cluster: made once, its password shown once and kept nowhere.
struct DevAccount: Sendable {
    let files: DevFiles

    private static let name = "dev"
    private static let passwordLength = 24

    /// Makes the account unless this cluster had it before, and says so in a few lines for the
    /// person at the terminal; `nil` when there is nothing to say.
    ///
    /// Without a terminal none is made: its password would end up in a file.
    func makeOnce(in cluster: ReadyCluster) async throws -> String? {
        guard let prism = cluster.prism, access(files.account, F_OK) != 0 else { return nil }
        guard isatty(STDOUT_FILENO) == 1 else {
            return "For an account to log in with: sfs account create NAME"
        }
        let name = try AccountName(parsing: Self.name)
        let password = RandomText.make(length: Self.passwordLength)
        var text = """
            The account '\(name)' has the password
                \(password)
              which is shown this once; 'sfs account passwd \(name)' sets another.
            """
        do {
            _ = try await prism.createAccount(
                name, password: password, roles: nil, actor: "sfsd dev")
        } catch let error as SFSError where error.code == .conflict {
            text = "The account '\(name)' is there; 'sfs account passwd \(name)' sets its password."
        }
        try Folders.writePrivate("\(name)\n", to: files.account)
        return text
    }
}

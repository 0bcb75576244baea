import ArgumentParser
import Glibc
import SFSCore

/// Where a password comes from: never from an argument or the environment, which others can see.
struct PasswordOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "Take the password from the first line of this file; '-' is standard input.",
            valueName: "file"),
        completion: .file())
    var passwordFile: String?

    func validate() throws {
        if passwordFile?.isEmpty ?? false {
            throw ValidationError("the name of the password's file is empty")
        }
    }

    /// The password of `account`: from the file, from the terminal, or from standard input where
    /// that is no terminal.
    ///
    /// One that `isNew` is asked for twice.
    ///
    /// - Throws: `SFSError` with code `.usage`, or `.noInput`.
    func password(of account: String, isNew: Bool) throws(SFSError) -> String {
        if let passwordFile, passwordFile != "-" {
            return try Self.checked(try FirstLine.ofFile(passwordFile))
        }
        guard passwordFile == nil, Terminal.isThere else {
            return try Self.checked(
                try FirstLine.read(from: STDIN_FILENO, name: "standard input"))
        }
        let kind = isNew ? "new password" : "password"
        let password = try Self.checked(
            try Terminal.ask("\(kind) of '\(Printable.line(account))': ", isSecret: true))
        if isNew, try Terminal.ask("once more: ", isSecret: true) != password {
            throw SFSError(.usage, "the passwords differ; nothing was changed")
        }
        return password
    }

    private static func checked(_ password: String) throws(SFSError) -> String {
        guard !password.isEmpty else { throw SFSError(.usage, "the password is empty") }
        return password
    }
}

/// What overrules the file: the command line first, then the environment.
struct Overrides {
    /// Texts by key path, for example `log.level`.
    let flags: [String: String]
    let environment: Environment

    /// The text that overrules the setting at `keyPath`, and who says so.
    func text(for keyPath: String) -> (String, EffectiveSetting.Origin)? {
        if let text = flags[keyPath] { return (text, .flag) }
        let name = Environment.variable(overriding: keyPath)
        return environment[name].map { ($0, .environment(name)) }
    }
}

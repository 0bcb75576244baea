import ProcessFixture

extension CommandFixture {
    /// Runs a command at a terminal of its own; what is typed comes once its question is there.
    func conversation(
        _ command: String, _ answers: [(question: String, typed: String)]
    ) async throws -> (status: Int32, screen: String) {
        let typing = answers.map { answer in
            """
            until grep -q '\(answer.question)' screen; do
                kill -0 $! 2> /dev/null || break
                sleep 0.02
            done
            printf '%s' '\(answer.typed)' >&3
            """
        }
        let script = """
            : > screen
            mkfifo keys
            # A shell has what it starts in the background ignore Ctrl-C.
            env --default-signal=INT script --quiet --return --flush --command "\(command)" screen \
                < keys > /dev/null 2>&1 &
            exec 3> keys
            \(typing.joined(separator: "\n"))
            wait $!
            """
        let result = try await shell(script)
        return (result.status, String(decoding: read("screen") ?? [], as: UTF8.self))
    }
}

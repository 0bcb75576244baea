/// One line of Swift, seen without knowing its neighbours.
enum CodeLine {
    /// `line` without its comment, and with nothing in its texts but what is interpolated.
    static func stripped(_ line: String) -> String {
        var result = ""
        var isText = false
        var previous: Character = " "
        for (index, character) in zip(line.indices, line) {
            if isText {
                if character == "\"", previous != "\\" { isText = false }
                if !isText { result.append("\"") }
            } else if character == "/", line[index...].hasPrefix("//") {
                break
            } else {
                if character == "\"" { isText = true }
                result.append(character)
            }
            previous = previous == "\\" && character == "\\" ? " " : character
        }
        return result
    }

    /// How far `line` is indented.
    static func indentation(_ line: String) -> Int {
        line.prefix { $0 == " " }.count
    }
}

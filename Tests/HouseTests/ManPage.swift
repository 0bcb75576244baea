import Foundation

/// A manual page, by its mdoc source.
struct ManPage: Sendable {
    /// For example `sfs-put.1`.
    let name: String
    let text: String

    /// Titles in their order.
    var sections: [String] {
        lines.filter { $0.hasPrefix(".Sh ") }.map { String($0.dropFirst(4)) }
    }

    /// Every long option that it mentions, without the dashes.
    var options: Set<String> {
        get throws { try options(in: lines) }
    }

    /// The long options that it describes as items of a list.
    var describedOptions: Set<String> {
        get throws { try options(in: lines.filter { $0.hasPrefix(".It ") }) }
    }

    /// Pages that it refers to, for example `sfs-put.1`.
    var references: Set<String> {
        get throws {
            Set(try text.groups(#"^\.Xr ([\w.-]+) (\d)"#).map { "\($0[0]).\($0[1])" })
        }
    }

    /// The numbers under EXIT STATUS.
    var exitStatuses: Set<Int> {
        get throws {
            let section = lines.drop { $0 != ".Sh EXIT STATUS" }.dropFirst()
                .prefix { !$0.hasPrefix(".Sh ") }
            let items = try section.joined(separator: "\n").groups(#"^\.It (?:Er |Li )?(\d+)"#)
            return Set(items.compactMap { Int($0[0]) })
        }
    }

    /// The settings that it describes: `.It Ic catalog.url`.
    var settings: Set<String> {
        get throws { Set(try text.groups(#"^\.It Ic (\S+)"#).map { $0[0] }) }
    }

    private var lines: [Substring] { text.split(separator: "\n") }

    /// `Fl -recursive` and `Fl r , -recursive` both show `--recursive`.
    private func options(in lines: [Substring]) throws -> Set<String> {
        let flags = lines.filter { String($0).has(#"^\..*\bFl "#) }
        let names = try flags.joined(separator: "\n").groups(#" -([a-z][a-z0-9-]*)"#)
        return Set(names.map { $0[0] })
    }
}

/// What is asked of the manual as a whole.
enum Manual {
    /// Sections in the order in which mdoc(7) wants them.
    static let order = [
        "NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES",
        "DIAGNOSTICS", "SEE ALSO", "STANDARDS", "HISTORY", "CAVEATS", "BUGS",
    ]

    /// Options that every command has from the parser; the program's own page has them.
    static let general: Set<String> = ["help", "version"]

    /// Sections that are missing or out of order.
    static func sectionComplaints(_ page: ManPage) -> [String] {
        let known = page.sections.filter(order.contains)
        let sorted = known.sorted {
            (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0)
        }
        var complaints: [String] = []
        if known != sorted { complaints.append("\(page.name): sections are out of order") }
        let isOfCommand = page.name.hasSuffix(".1") || page.name.hasSuffix(".8")
        let wanted = isOfCommand ? ["NAME", "EXIT STATUS", "EXAMPLES"] : ["NAME"]
        for section in wanted where !page.sections.contains(section) {
            complaints.append("\(page.name): has no \(section)")
        }
        return complaints
    }

    /// References to pages of ours that are not there.
    static func referenceComplaints(_ pages: [ManPage]) throws -> [String] {
        let names = Set(pages.map(\.name))
        return try pages.flatMap { page in
            try page.references.filter { $0.hasPrefix("sfs") && !names.contains($0) }.sorted()
                .map { "\(page.name): there is no \($0)" }
        }
    }

    /// Commands without a page, options that a page does not have, and options of a page that the
    /// parser does not have.
    ///
    /// A verb has the page `program-verb` of the section `section`; a verb of a verb stands on the
    /// page of that. With `onePage` all stand on the program's own.
    static func commandComplaints(
        _ program: CommandDump, section: Int, onePage: Bool, pages: [ManPage]
    ) throws -> [String] {
        let mainName = "\(program.commandName).\(section)"
        guard let main = pages.first(where: { $0.name == mainName }) else {
            return ["there is no \(mainName)"]
        }
        let mainOptions = try main.options
        var complaints: [String] = []
        var parsed: [String: Set<String>] = [mainName: program.longOptions]
        for command in program.subcommands ?? [] where command.isShown {
            let name =
                onePage ? mainName : "\(program.commandName)-\(command.commandName).\(section)"
            guard let page = pages.first(where: { $0.name == name }) else {
                complaints.append("there is no \(name)")
                continue
            }
            let options = command.allLongOptions
            parsed[name, default: []].formUnion(options)
            for option in options.subtracting(general).sorted()
            where try !page.options.contains(option) && !mainOptions.contains(option) {
                complaints.append("\(name): does not have --\(option)")
            }
        }
        let everywhere = parsed.values.reduce(general) { $0.union($1) }
        for page in pages {
            guard let options = parsed[page.name] else { continue }
            // The main page may describe options that all verbs share.
            let real = page.name == mainName ? everywhere : options.union(general)
            for option in try page.describedOptions.subtracting(real).sorted() {
                complaints.append("\(page.name): the parser has no --\(option)")
            }
        }
        return complaints
    }
}

import SFSCore
import Testing

@testable import SFSConfig

@Suite("The values of a configuration")
struct ValueTests {
    @Test(
        "name their environment variables",
        arguments: [
            ("state", "SFS_STATE"), ("catalog.url", "SFS_CATALOG_URL"),
            ("clusterKeyFile", "SFS_CLUSTER_KEY_FILE"), ("log.debug", "SFS_DEBUG"),
            ("http.jsonBytesMaximum", "SFS_HTTP_JSON_BYTES_MAXIMUM"),
        ])
    func variables(keyPath: String, variable: String) {
        #expect(Environment.variable(overriding: keyPath) == variable)
    }

    @Test("take an empty variable for none")
    func emptyVariable() {
        #expect(Environment(["SFS_STATE": ""])["SFS_STATE"] == nil)
    }

    @Test("match log labels")
    func categories() throws {
        let categories = try LogCategories(parsing: "prism:*,store:verify")
        let labels = ["prism", "prism:ingest", "store:verify", "store", "store:verifyx", "prisma"]
        #expect(labels.filter(categories.contains) == ["prism", "prism:ingest", "store:verify"])
        #expect(try LogCategories(parsing: "*").contains("anything"))
    }

    @Test(
        "make a host of a machine's name",
        arguments: [
            ("web-1.example.net", "web-1"), ("Disk_Node", "disk-node"), ("-x-", "x"),
            ("_", nil), ("", nil),
        ])
    func host(machine: String, name: String?) {
        #expect(MemberName(nearestTo: machine)?.text == name)
    }

    @Test(
        "hide passwords in URLs",
        arguments: [
            ("postgresql://h/db", "postgresql://h/db"),
            ("postgresql://u@h/db", "postgresql://u@h/db"),
            ("postgresql://u:p@q@h1,h2/db", "postgresql://u:***@h1,h2/db"),
            ("postgresql://h/db?user=u&password=x", "postgresql://h/db?user=u&password=***"),
        ])
    func passwords(url: String, shown: String) {
        #expect(CatalogURL.withoutPassword(url) == shown)
    }

    @Test(
        "take the URL of a member only when it has nothing but a host and a port",
        arguments: [
            ("http://a.example:8161", true), ("https://[::1]:1", true), ("ftp://a", false),
            ("http://", false), ("http://a/b", false), ("http://u:p@a", false), ("a:1", false),
        ])
    func memberURLs(text: String, isGood: Bool) {
        let parsed = Result { try SettingKind<String>.memberURL.parse(text) }
        #expect((try? parsed.get()) == (isGood ? text : nil))
    }

    @Test("print modes in octal", arguments: [("660", "0660"), ("0600", "0600"), ("000", "0000")])
    func modes(text: String, printed: String) throws {
        #expect(try FileMode(parsing: text).description == printed)
    }
}

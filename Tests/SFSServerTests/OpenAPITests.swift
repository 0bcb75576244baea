import ClusterFixture
import Logging
import NIOCore
import SFSCatalog
import SFSCore
import SFSEngine
import SFSOpenAPI
import SFSServer
import SFSWire
import Testing

@Suite("The OpenAPI documents")
struct OpenAPITests {
    @Test("describe the routes of a prism and no others")
    func prism() async throws {
        try await TestCluster.with { cluster in
            let engine = Engine(
                catalog: cluster.catalog,
                cluster: ClusterIdentity(id: "none", name: try MemberName(parsing: "test")),
                settings: EngineSettings(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let routes = PrismRoutes(
                prism: cluster.prisms[0], engine: engine, access: Access(), stores: [],
                jsonMaximum: 1 << 20, isReady: { true })
            let described = try DescribedAPI(OpenAPIDocument.prism)
            #expect(routes.described.count > 40)
            #expect(described.complaints(comparedWith: routes.described) == [])
        }
    }

    @Test("describe the routes of a store and no others")
    func store() async throws {
        try await StoreSite.with { site in
            let routes = StoreRoutes(
                store: site.stores[0], access: Access(), jsonMaximum: 1 << 20)
            let described = try DescribedAPI(OpenAPIDocument.store)
            #expect(routes.described.count > 20)
            #expect(described.complaints(comparedWith: routes.described) == [])
        }
    }

    @Test("are given to everybody, pages of other sites among them")
    func served() async throws {
        try await StoreSite.with { site in
            let answer = try await ask(.GET, "\(site.urls[0])\(Routes.openAPI)")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json")
            #expect(answer.header("Access-Control-Allow-Origin") == "*")
            #expect(Array(answer.body.readableBytesView) == OpenAPIDocument.store)
            let version = try answer.json["openapi"]?.string
            #expect(version?.hasPrefix("3.1.") == true)
        }
    }

    @Test("are found wanting where they differ from the routes, or in themselves")
    func wanting() throws {
        let sample = """
            {"paths": {
              "/there/{name}": {"get": {"responses": {"200": {"$ref": "#/components/none"}}}},
              "/more": {"post": {"responses": {}}}},
             "components": {}}
            """
        let complaints = try DescribedAPI(sample.utf8)
            .complaints(comparedWith: [("GET", "/there/{name}"), ("GET", "/missing")])
        #expect(
            complaints == [
                "GET /missing is not described", "POST /more is no route",
                "GET /there/{name} and its parameters differ in 'name'",
                "'#/components/none' leads nowhere", "POST /more has no answers",
            ])
    }
}

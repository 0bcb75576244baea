/// The descriptions of both HTTP APIs (OpenAPI 3.1), embedded from `Documents/`.
///
/// They are a target of their own because the compiler takes half a minute over so many bytes: it
/// does so once, and not whenever a route is changed.
package enum OpenAPIDocument {
    /// What a prism answers, as JSON.
    package static var prism: [UInt8] { PackageResources.prism_json }
    /// What a store answers, as JSON.
    package static var store: [UInt8] { PackageResources.store_json }
}

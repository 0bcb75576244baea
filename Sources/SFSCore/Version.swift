/// The version of this source tree, the same for `sfs` and `sfsd`.
package enum Version {
    /// As `--version` prints it after the program's name.
    package static let text = "0.1.0"
}

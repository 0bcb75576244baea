/// Whoever read our output has closed it, as `head` does: not worth a message.
package struct ReaderGone: Error {
    package init() {}
}

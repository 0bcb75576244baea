import SFSCore
import SystemPackage

/// The files that are to be put, one after the other, folders opened up.
struct PutSources: Sequence, IteratorProtocol {
    /// A file, standard input, or why there is none.
    enum Source: Sendable {
        case file(FilePath)
        case standardInput
        case failed(SFSError)
    }

    private var names: InputLines
    private let isRecursive: Bool
    private let takesInput: Bool
    private var tree: FileTree?

    /// `takesInput`: whether `-` means standard input, and is not a name like others.
    init(_ names: InputLines, isRecursive: Bool, takesInput: Bool) {
        self.names = names
        self.isRecursive = isRecursive
        self.takesInput = takesInput
    }

    mutating func next() -> Source? {
        if let source = tree?.next() { return source }
        tree = nil
        guard let name = names.next() else { return nil }
        if takesInput, name.bytes == Array("-".utf8) { return .standardInput }
        guard isRecursive else { return .file(name.path) }
        tree = FileTree(name.path)
        return next()
    }
}

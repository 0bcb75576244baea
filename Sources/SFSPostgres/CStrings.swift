/// Calls `body` with `strings` as C has them: an array of pointers with NULL at its end.
func withCStrings<R>(
    _ strings: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> R
) rethrows -> R {
    // One block with all the strings, then the pointers into it.
    var bytes: [CChar] = []
    var starts: [Int] = []
    for string in strings {
        starts.append(bytes.count)
        bytes.append(contentsOf: string.utf8CString)
    }
    bytes.append(0)
    return try unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        var pointers = unsafe starts.map { start in
            unsafe bytes.baseAddress.map { base in unsafe base + start }
        }
        unsafe pointers.append(nil)
        return try unsafe pointers.withUnsafeMutableBufferPointer { pointers in
            guard let base = pointers.baseAddress else {
                preconditionFailure("an array with an element has an address")
            }
            return try unsafe body(base)
        }
    }
}

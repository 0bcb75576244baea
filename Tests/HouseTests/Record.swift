import Testing

/// Makes an issue of each complaint, so that a failure reads as a list of what to do.
func record(_ complaints: [String]) {
    for complaint in complaints { Issue.record("\(complaint)") }
}

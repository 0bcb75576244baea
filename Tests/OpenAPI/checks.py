"""A check of our own: the 500 of the compatible routes is documented, a fault of the node is not meant by it."""

import schemathesis

FAULTS = {"internal", "io", "corrupt", "configuration"}


@schemathesis.check
def no_fault_of_the_node(ctx, response, case):
    if response.status_code < 500:
        return
    try:
        error = response.json().get("error")
    except (ValueError, AttributeError):
        # Text: what players of the original are told.
        assert not response.text.startswith("500"), f"a fault: {response.text}"
        return
    code = error.get("code") if isinstance(error, dict) else None
    assert code not in FAULTS, f"a fault of the node: {code}"

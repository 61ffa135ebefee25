"""In the place of the product's: nothing is kept of a token."""


def new():
    """One of the form that the READY line is known by."""
    return "t" * 40

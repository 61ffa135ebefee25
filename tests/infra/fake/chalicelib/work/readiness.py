"""In the place of the product's: it is ready unless told otherwise."""

import os
from types import SimpleNamespace


def readiness():
    """What is wrong is what the environment says."""
    return SimpleNamespace(missing=os.environ.get("WRONG", ""))

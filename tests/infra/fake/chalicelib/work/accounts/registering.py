"""In the place of the product's: nobody has to be known."""


def register(email, name, time_zone, token, at):
    """Nothing to do."""

"""The one way in which a deploy ends early."""


class CannotDeploy(Exception):  # noqa: N818
    """The deploy cannot go on. Says in a sentence or two what is wrong and what to do; running again goes on from there."""

"""What every test may ask for: the embedded AWS, fresh for each test, and the settings that point at it."""

from tests.embedded import embedded, fresh_table

__all__ = ["embedded", "fresh_table"]

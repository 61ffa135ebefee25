from tests.embedded import embedded, fresh_table

__all__ = ["embedded", "fresh_table"]

"""A PostgreSQL for the tests of what is made, kept and replaced there. Used by conftest.py too."""


class FakeServer:
    """Databases and who made them."""

    variables = {"PGHOST": "db.example", "PGUSER": "odoo"}

    def __init__(self, *foreign, shared=True):
        self.shared = shared
        self.makers = dict.fromkeys(foreign, "somebody")

    def databases(self):
        return list(self.makers)

    def create(self, name, _template="template0"):
        assert name not in self.makers
        self.mark(name)

    def mark(self, name):
        self.makers[name] = "us"

    def made_here(self, name):
        return self.makers[name] == "us"

    def drop(self, name):
        self.makers.pop(name, None)

    def rename(self, old, new):
        self.makers[new] = self.makers.pop(old)

    def restore(self, name, path):
        """Nothing is kept in these databases."""

"""Odoo's external API (XML-RPC) as people's own scripts use it. For the demo and the tests."""

import xmlrpc.client


class Rpc:
    """A logged-in user. :raise xmlrpc.client.Fault: what Odoo answers to a refused call"""

    def __init__(self, url, database, login="admin", password="admin"):
        self._database = database
        self._password = password
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common", allow_none=True)
        self._object = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True)
        self.uid = common.authenticate(database, login, password, {})

    def call(self, model, method, *arguments, **keywords):
        return self._object.execute_kw(
            self._database, self.uid, self._password, model, method, arguments, keywords
        )

    def record(self, external_id):
        """Return the id of the record with this external id, or None."""
        module, name = external_id.split(".")
        found = self.call(
            "ir.model.data",
            "search_read",
            [("module", "=", module), ("name", "=", name)],
            ["res_id"],
        )
        return found[0]["res_id"] if found else None

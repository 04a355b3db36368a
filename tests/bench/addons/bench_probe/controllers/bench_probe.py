# The least that a route of Odoo can do with a body and a database: what a webhook's answer is
# compared with.
from odoo import http
from odoo.http import request


class BenchProbe(http.Controller):
    @http.route(
        "/bench_probe/bare",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def bare(self):
        request.httprequest.get_data()
        request.env.cr.execute("SELECT 1")
        return request.make_json_response({"received": 1})

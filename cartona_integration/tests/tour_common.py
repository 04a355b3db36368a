# A live connection in a browser test: what the tours of prices and listings stand on. In such a
# test no job runs, so that Python flushes between two tours.
from contextlib import contextmanager

from odoo.tests.common import HttpCase

from .outbound_common import OutboundCase


class TourCase(HttpCase, OutboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # With demo data, the administrator works for another company.
        cls.env.ref("base.user_admin").company_id = cls.config.company_id

    @contextmanager
    def as_jobs_would(self):
        """A browser's test shares its transaction with new cursors anyway."""
        yield

    def tour(self, name, record):
        """Let the administrator go through a tour that begins at a record's form."""
        self.env.flush_all()
        self.start_tour(
            f"/web#model={record._name}&view_type=form&id={record.id}",
            f"marketplace_{name}_tour",
            login="admin",
        )
        self.env.invalidate_all()

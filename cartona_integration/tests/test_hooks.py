# What happens when the addon goes: nothing of it is left to run.
from odoo.tests.common import TransactionCase, tagged

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestHooks(TransactionCase):
    def test_uninstalling_cancels_our_jobs_and_nobody_elses(self):
        partners = self.env["res.partner"]
        ours = partners.with_delay(channel="root.cartona.orders").search([])
        theirs = partners.with_delay(channel="root").search([])
        self.env.flush_all()
        uninstall_hook(self.env)
        jobs = self.env["queue.job"]
        self.assertEqual(jobs.search([("uuid", "=", ours.uuid)]).state, "cancelled")
        self.assertEqual(jobs.search([("uuid", "=", theirs.uuid)]).state, "pending")

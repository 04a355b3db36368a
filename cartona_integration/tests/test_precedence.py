# Which of two messages is the newer one: the rules of utils.precedence, as a table.
from odoo.tests.common import BaseCase, tagged

from ..const import STATUS_RANKS
from ..utils.precedence import APPLY, DUPLICATE, STALE, UNDECIDED, decide


@tagged("post_install", "-at_install")
class TestPrecedence(BaseCase):
    def verdict(self, arrived, known, is_listed=False):
        return decide(arrived, known, STATUS_RANKS, is_listed=is_listed)

    def test_what_is_known_already_is_a_duplicate(self):
        for listed in (False, True):
            self.assertEqual(self.verdict(("approved", "A"), ("approved", "A"), listed), DUPLICATE)
            self.assertEqual(self.verdict(("approved", None), ("approved", "A"), listed), DUPLICATE)

    def test_further_along_is_newer_and_the_other_way_round_is_stale(self):
        steps = ["pending", "approved", "assigned_to_salesman", "delivered"]
        for place, known in enumerate(steps):
            for status in steps[place + 1 :]:
                self.assertEqual(self.verdict((status, "B"), (known, "A")), APPLY)
                self.assertEqual(self.verdict((known, "A"), (status, "B"), True), STALE)

    def test_of_equals_the_list_decides(self):
        for status, known in (
            (("pending", "B"), ("pending", "A")),
            (("pending", "A"), ("editing", "A")),
            (("editing", None), ("pending", "A")),
            (("delivered", None), ("returned", "A")),
        ):
            self.assertEqual(self.verdict(status, known), UNDECIDED)
            self.assertEqual(self.verdict(status, known, is_listed=True), APPLY)

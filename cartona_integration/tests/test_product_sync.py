# Sync now, from a product, many of them or their stock: what it sends and says, whom it refuses.
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .http_common import Reply
from .outbound_common import ACCEPTED
from .product_screens_common import ProductScreensCase


@tagged("post_install", "-at_install")
class TestProductSync(ProductScreensCase):
    def setUp(self):
        super().setUp()
        self.config.action_pause()
        self.stub = self.start_marketplace()
        self.stub.answer_always(ACCEPTED)
        self.start_sending()
        self.forget_marks()

    def sync(self, records, user=None):
        """Press the button.

        :return: (kind, title, text) of what it answers
        """
        answer = records.with_user(user or self.clerk).action_marketplace_sync()
        params = answer["params"]
        return params["type"], params["title"], params["message"]

    def test_a_product_is_listed_and_sent(self):
        kind, title, message = self.sync(self.oil)
        self.assertEqual((kind, title), ("success", "On its way"))
        self.assertIn("Products being compared: 1.", message)
        self.flush()
        told = self.sent_once()
        self.assertEqual(list(told), ["MPT-OIL"])
        self.assertEqual(told["MPT-OIL"]["selling_price"], 80.0)
        self.assertEqual(told["MPT-OIL"]["available_stock_quantity"], 10)
        self.assertEqual(self.oil.with_user(self.clerk).marketplace_status, "in_step")

    def test_templates_variants_and_stock_are_synced_alike(self):
        for records in (
            self.rice | self.tea,
            (self.rice | self.tea).product_tmpl_id,
            self.quant(self.rice) | self.quant(self.tea),
        ):
            self.forget_listings()
            self.forget_marks()
            self.assertIn("Products being compared: 2.", self.sync(records)[2])
            self.flush()
            self.assertEqual(set(self.sent_once()), {"MPT-RICE", "MPT-TEA"}, records._name)

    def test_what_is_in_step_is_not_sent_again(self):
        self.sync(self.oil)
        self.flush()
        self.forget_later_marks()
        self.sent()
        self.sync(self.oil)
        self.flush()
        self.assertEqual(self.sent(), [])

    def test_a_change_that_no_hook_saw_is_sent(self):
        self.sync(self.oil)
        self.flush()
        self.sent()
        self.env.cr.execute(
            "UPDATE product_template SET list_price = 81 WHERE id = %s",
            [self.oil.product_tmpl_id.id],
        )
        self.env.invalidate_all()
        self.sync(self.oil)
        self.flush()
        self.assertEqual(self.sent_once()["MPT-OIL"], {"selling_price": 81.0})

    def test_what_was_refused_is_tried_again(self):
        self.stub.answer_always(Reply({"message": "no"}, 422))
        self.sync(self.oil)
        self.flush()
        self.assertEqual(self.oil.with_user(self.clerk).marketplace_status, "rejected")
        self.forget_later_marks()
        self.stub.answer_always(ACCEPTED)
        self.sync(self.oil)
        self.flush()
        self.assertEqual(self.oil.with_user(self.clerk).marketplace_status, "in_step")

    def test_what_no_connection_offers_is_left_out_and_counted(self):
        service = self.env["product.product"].create({"name": "Advice", "type": "service"})
        kind, _title, message = self.sync(self.oil | service)
        self.assertEqual(kind, "success")
        self.assertIn("Products being compared: 1.", message)
        self.assertIn("no live connection offers them: 1.", message)
        self.forget_marks()
        kind, title, _message = self.sync(service)
        self.assertEqual((kind, title), ("warning", "Nothing to send"))
        self.assertFalse(self.marks())

    def test_a_product_that_left_is_compared_once_more(self):
        self.list_product(self.oil, "in_step")
        self.oil.sale_ok = False
        self.forget_marks()
        self.assertIn("Products being compared: 1.", self.sync(self.oil)[2])

    def test_without_a_live_connection_it_says_what_to_do(self):
        self.config.write({"price_mode": "observe", "stock_mode": "off"})
        with self.assertRaisesRegex(UserError, "Ask a manager of the marketplace to go live"):
            self.sync(self.oil)
        self.config.write({"stock_mode": "live"})
        self.sync(self.oil)
        self.config.action_pause()
        with self.assertRaisesRegex(UserError, "no connection is live"):
            self.sync(self.oil)

    def test_a_live_connection_of_another_company_does_not_count(self):
        abroad = self.env["res.company"].create({"name": "Abroad"})
        self.config.company_id = abroad
        with self.assertRaisesRegex(UserError, "no connection is live"):
            self.sync(self.oil)

    def test_nobody_without_the_group_sets_it_off(self):
        outsider = new_test_user(
            self.env,
            "mp_outsider",
            groups="sales_team.group_sale_salesman,stock.group_stock_user",
        )
        for record in (self.oil, self.oil.product_tmpl_id, self.quant(self.oil)):
            with self.assertRaises(AccessError):
                self.sync(record, outsider)
        self.assertFalse(self.marks())

    def test_a_product_of_another_company_is_refused(self):
        abroad = self.env["res.company"].create({"name": "Abroad"})
        butter = self.new_product("MPT-BUTTER", 40.0, company_id=abroad.id)
        self.forget_marks()
        with self.assertRaises(AccessError):
            self.sync(butter)
        self.assertFalse(self.marks())

# Sales over the counter, beside point_of_sale: exactly what is left is told, as soon as Odoo moves
# the stock, which is at once or when the session closes. The oil begins with 10 pieces.
from odoo.tests import Form, tagged

from .outbound_common import OutboundCase


@tagged("post_install", "-at_install", "-standard", "neighbours")
class TestPointOfSale(OutboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        if not company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company, False)
        cash = cls.env["account.journal"].create(
            {"name": "Till", "code": "TILL", "type": "cash", "company_id": company.id}
        )
        cls.cash = cls.env["pos.payment.method"].create({"name": "Coins", "journal_id": cash.id})
        cls.shop = cls.env["pos.config"].create(
            {
                "name": "Shop",
                "picking_type_id": cls.warehouse.pos_type_id.id,
                "payment_method_ids": [(6, 0, cls.cash.ids)],
            }
        )

    def open_session(self, stock_moves):
        """Begin a day in a shop that moves stock in "real" time or at "closing"."""
        self.env.company.point_of_sale_update_stock_quantities = stock_moves
        session = self.env["pos.session"].create({"config_id": self.shop.id})
        session.state = "opened"
        self.go_live()
        return session

    def sell(self, session, *lines):
        """Take the money for some products; a negative quantity comes back."""
        order = self.env["pos.order"].create(
            {
                "session_id": session.id,
                "amount_tax": 0.0,
                "amount_paid": 0.0,
                "amount_return": 0.0,
                "amount_total": sum(quantity * product.lst_price for product, quantity in lines),
                "lines": [(0, 0, self.order_line(*line)) for line in lines],
            }
        )
        payment = self.env["pos.make.payment"].with_context(active_id=order.id)
        payment.create({"payment_method_id": self.cash.id}).check()
        self.assertEqual(order.state, "paid")

    def order_line(self, product, quantity):
        total = quantity * product.lst_price
        return {
            "name": product.name,
            "product_id": product.id,
            "qty": quantity,
            "price_unit": product.lst_price,
            "price_subtotal": total,
            "price_subtotal_incl": total,
        }

    def close(self, session):
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")

    def assert_told(self, **stocks):
        self.flush()
        told = {
            f"MPT-{name.upper()}": {"available_stock_quantity": stock}
            for name, stock in stocks.items()
        }
        self.assertEqual(self.sent_once(), told)

    def test_stock_that_is_moved_at_once_is_told_at_once(self):
        session = self.open_session("real")
        self.sell(session, (self.oil, 3), (self.tea, 1))
        self.assert_told(oil=7, tea=29)
        self.sell(session, (self.oil, -2))
        self.assert_told(oil=9)
        self.close(session)
        self.assert_told()

    def test_stock_that_is_moved_at_closing_is_told_at_closing(self):
        session = self.open_session("closing")
        self.sell(session, (self.oil, 3), (self.tea, 1))
        self.sell(session, (self.oil, 4))
        self.assert_told()
        self.close(session)
        # 10 − 3 − 4
        self.assert_told(oil=3, tea=29)

    def test_a_sale_that_changes_no_figure_makes_no_call(self):
        self.config.stock_cap = 5
        session = self.open_session("real")
        # 8 are left, and never more than 5 are offered.
        self.sell(session, (self.oil, 2))
        self.assert_told()
        self.sell(session, (self.oil, 4))
        self.assert_told(oil=4)

    def test_what_is_sold_and_comes_back_before_closing_makes_no_call(self):
        session = self.open_session("closing")
        self.sell(session, (self.oil, 3))
        self.sell(session, (self.oil, -3))
        self.close(session)
        self.assert_told()

    def test_a_price_that_is_changed_in_the_shop_s_own_product_form(self):
        self.go_live()
        # 17.0 opens the variant's usual form from the shop.
        view = self.env.ref(
            "point_of_sale.product_template_view_form_normalized_pos", raise_if_not_found=False
        )
        product, name = (
            (self.oil.product_tmpl_id, "list_price") if view else (self.oil, "lst_price")
        )
        with Form(product, view=view or None) as form:
            setattr(form, name, 81.0)
        self.flush()
        self.assertEqual(self.sent_once(), {"MPT-OIL": {"selling_price": 81.0}})

    def test_what_nobody_lists_makes_no_mark(self):
        chair = self.new_product("CHAIR", 5.0)
        session = self.open_session("real")
        self.sell(session, (chair, 1))
        self.assertFalse(self.marks())
        self.assert_told()

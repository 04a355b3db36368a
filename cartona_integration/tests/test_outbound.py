# What goes out: exactly what changed, as it is now, of what is listed.
from odoo.tests.common import tagged

from .outbound_common import ACCEPTED, OutboundCase


@tagged("post_install", "-at_install")
class TestOutbound(OutboundCase):
    def test_going_live_tells_everything_about_everything_for_sale(self):
        stub = self.start_marketplace()
        self.stub = stub
        self.config._set_state("connected")
        stub.seen.clear()
        stub.answer_always(ACCEPTED)
        self.config.action_go_live()
        self.flush()
        told = {"is_published": True, "is_unlimited_stock": False}
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-OIL": told | {"selling_price": 80.0, "available_stock_quantity": 10},
                "MPT-RICE": told | {"selling_price": 31.5, "available_stock_quantity": 20},
                "MPT-TEA": told | {"selling_price": 12.25, "available_stock_quantity": 30},
            },
        )
        oil = self.listing(self.oil)
        self.assertEqual((oil.status, oil.sent_price, oil.sent_stock), ("in_step", 80.0, 10))

    def test_a_new_price_is_all_that_is_told(self):
        self.go_live()
        self.oil.product_tmpl_id.list_price = 82.75
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 82.75}}])
        self.assertEqual(self.listing(self.oil).sent_price, 82.75)
        self.assertFalse(self.marks())

    def test_a_variant_s_price_reaches_the_marketplace_too(self):
        self.go_live()
        self.oil.lst_price = 90.0
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 90.0}}])

    def test_only_the_last_of_several_changes_is_told(self):
        self.go_live()
        for price in (81, 82, 83):
            self.oil.list_price = price
            self.env.cr.flush()
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 83.0}}])

    def test_a_listing_counts_the_exchanges_that_it_opens(self):
        self.go_live()
        self.oil.list_price = 81.0
        self.flush()
        for product, count in ((self.oil, 2), (self.rice, 1)):
            listing = self.listing(product)
            self.assertEqual(listing.log_count, count)
            domain = listing.action_open_log()["domain"]
            self.assertEqual(self.env["marketplace.sync.log"].search_count(domain), count)

    def test_a_change_that_changes_nothing_makes_no_call(self):
        self.go_live()
        self.oil.list_price = 80.0
        self.oil.product_tmpl_id.name = "Another name"
        self.set_stock(self.oil, 5)
        self.set_stock(self.oil, -5)
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assertFalse(self.marks())

    def test_a_price_that_no_binary_number_is_does_not_differ_from_itself(self):
        self.oil.list_price = 10.1
        self.go_live()
        self.env["marketplace.outbox"]._mark("price", "product", self.oil.ids)
        self.set_stock(self.oil, 1)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 11}}])

    def test_stock_is_told_as_it_is_now(self):
        self.go_live()
        self.set_stock(self.rice, 7)
        self.set_stock(self.tea, -4)
        self.flush()
        self.assertEqual(
            self.sent_once(),
            {
                "MPT-RICE": {"available_stock_quantity": 27},
                "MPT-TEA": {"available_stock_quantity": 26},
            },
        )

    def test_reserving_and_unreserving_changes_what_is_offered(self):
        self.go_live()
        quants = self.env["stock.quant"]
        reserve = quants._update_reserved_quantity
        reserve(self.oil, self.warehouse.lot_stock_id, 4)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 6}}])
        reserve(self.oil, self.warehouse.lot_stock_id, -4)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 10}}])

    def test_stock_in_another_company_s_warehouse_is_not_offered(self):
        self.go_live()
        other = self.env["res.company"].create({"name": "Another wholesaler"})
        elsewhere = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        elsewhere = elsewhere or self.env["stock.warehouse"].create({"company_id": other.id})
        self.env["stock.quant"]._update_available_quantity(self.oil, elsewhere.lot_stock_id, 500)
        self.flush()
        self.assertEqual(self.sent(), [])

    def test_buffer_share_and_cap_are_applied_in_this_order(self):
        self.config.write({"stock_buffer": 2, "stock_share": 50, "stock_cap": 12})
        self.go_live()
        # (10 - 2) / 2 = 4; (20 - 2) / 2 = 9; (30 - 2) / 2 = 14, but 12 at most
        stocks = [self.listing(p).sent_stock for p in (self.oil, self.rice, self.tea)]
        self.assertEqual(stocks, [4, 9, 12])

    def test_a_product_that_nobody_lists_costs_no_mark(self):
        self.go_live()
        chair = self.env["product.product"].create({"name": "Chair", "list_price": 5.0})
        self.flush()
        chair.list_price = 6.0
        self.assertFalse(self.marks())

    def test_a_new_product_is_listed_and_told(self):
        self.go_live()
        self.new_product("MPT-SALT", 3.5)
        self.flush()
        told = {"is_published": True, "is_unlimited_stock": False}
        self.assertEqual(
            self.sent(),
            [{"MPT-SALT": told | {"selling_price": 3.5, "available_stock_quantity": 0}}],
        )

    def test_a_listing_is_looked_at_once_more_after_it_was_made(self):
        self.go_live()
        self.new_product("MPT-SALT", 3.5)
        self.flush()
        later = self.marks()
        self.assertEqual(len(later), 1)
        self.make_due(301)
        self.flush()
        self.assertFalse(self.marks())

    def test_a_pack_is_looked_at_once_more_after_it_was_made(self):
        self.go_live()
        self.env["marketplace.listing"].create(
            {
                "config_id": self.config.id,
                "product_id": self.oil.id,
                "identity": "MPT-OIL#1",
                "pack_number": 1,
                "pack_qty": 6,
            }
        )
        self.flush()
        self.assertEqual(self.marks().mapped("kind"), ["look"])

    def test_a_listing_that_another_product_takes_over_is_looked_at_once_more(self):
        """Who changes that product's price meanwhile may not see yet that it is this listing's."""
        self.go_live()
        salt = self.new_product("MPT-SALT", 3.5)
        self.flush()
        salt.product_tmpl_id.unlink()
        self.flush()
        self.forget_later_marks()
        again = self.new_product("MPT-SALT", 99.0)
        self.flush()
        self.assertEqual(self.marks().mapped("kind"), ["look"])
        # as if he had committed now, without a mark
        self.env.cr.execute(
            "UPDATE product_template SET list_price = 98 WHERE id = %s", [again.product_tmpl_id.id]
        )
        self.env.invalidate_all()
        self.make_due(301)
        self.flush()
        self.assertEqual(self.listing(again).sent_price, 98.0)

    def test_who_began_before_a_connection_went_live_again_is_looked_after(self):
        self.go_live()
        self.config._set_state("draft")
        self.config._set_state("connected")
        self.config.action_go_live()
        self.flush()
        later = self.marked_listings()
        self.assertEqual(later.product_id, self.oil | self.rice | self.tea)
        self.forget_later_marks()
        self.config.action_pause()
        self.config.action_go_live()
        self.flush()
        self.assertFalse(self.marks())

    def test_a_connection_that_comes_out_of_the_archive_is_compared_once_it_goes_live(self):
        self.go_live()
        self.config.active = False
        self.oil.list_price = 81.0
        self.flush()
        self.assertEqual(self.sent(), [])
        self.config.active = True
        self.flush()
        self.assertEqual(self.sent(), [])
        self.config.action_go_live()
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 81.0}}])

    def test_services_and_goods_not_for_sale_are_not_listed(self):
        self.new_product("MPT-SERVICE", 1.0, **self.service())
        self.new_product("MPT-INTERNAL", 1.0, sale_ok=False)
        self.go_live()
        identities = self.env["marketplace.listing"].search([]).mapped("identity")
        self.assertFalse({"MPT-SERVICE", "MPT-INTERNAL"} & set(identities))

    def service(self):
        return {next(iter(self.goods_field())): "service"}

    def goods_field(self):
        return {"detailed_type"} & self.env["product.product"]._fields.keys() or {"type"}

    def test_goods_without_a_stock_figure_are_offered_without_end(self):
        self.go_live()
        self.new_product(
            "MPT-BAG", 1.0, **{next(iter(self.goods_field())): "consu"}, **self.loose()
        )
        self.flush()
        self.assertEqual(
            self.sent(),
            [{"MPT-BAG": {"is_published": True, "is_unlimited_stock": True, "selling_price": 1.0}}],
        )

    def loose(self):
        return {"is_storable": False} if self.goods_field() == {"type"} else {}

    def test_a_price_of_zero_is_held_and_stock_still_told(self):
        self.go_live()
        self.oil.list_price = 0.0
        self.set_stock(self.oil, 5)
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"available_stock_quantity": 15}}])
        self.assertEqual(self.listing(self.oil).status, "held")
        self.assertIn("zero or below", self.listing(self.oil).message)
        self.oil.list_price = 85.0
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 85.0}}])
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_product_that_never_had_a_price_is_not_published(self):
        self.go_live()
        self.new_product("MPT-FREE", 0.0)
        self.flush()
        self.assertEqual(self.sent(), [])

    def test_an_archived_product_leaves_and_comes_back(self):
        self.go_live()
        self.oil.active = False
        self.flush()
        gone = {"MPT-OIL": {"is_published": False, "available_stock_quantity": 0}}
        self.assertEqual(self.sent(), [gone])
        self.assertEqual(self.listing(self.oil).status, "off")
        self.oil.active = True
        self.flush()
        back = {"MPT-OIL": {"is_published": True, "available_stock_quantity": 10}}
        self.assertEqual(self.sent(), [back])
        self.assertEqual(self.listing(self.oil).status, "in_step")

    def test_a_deleted_product_leaves(self):
        self.go_live()
        salt = self.new_product("MPT-SALT", 3.5)
        self.set_stock(salt, 2)
        self.flush()
        listing = self.listing(salt)
        self.forget_later_marks()
        self.sent()
        salt.stock_quant_ids.unlink()
        salt.product_tmpl_id.unlink()
        self.flush()
        gone = {"MPT-SALT": {"is_published": False, "available_stock_quantity": 0}}
        self.assertEqual(self.sent(), [gone])
        self.assertEqual((listing.status, listing.identity), ("off", "MPT-SALT"))
        self.assertFalse(listing.product_id)

    def test_a_product_that_is_no_longer_wanted_leaves(self):
        self.go_live()
        self.listing(self.tea).is_wanted = False
        self.flush()
        gone = {"MPT-TEA": {"is_published": False, "available_stock_quantity": 0}}
        self.assertEqual(self.sent(), [gone])

    def test_a_product_known_by_another_name_starts_anew(self):
        self.go_live()
        self.oil.cartona_id = "C-77"
        self.flush()
        told = self.sent_once()
        self.assertEqual(told["MPT-OIL"], {"is_published": False, "available_stock_quantity": 0})
        self.assertEqual(told["C-77"]["selling_price"], 80.0)

    def test_two_products_with_one_identity_do_not_overwrite_each_other(self):
        self.go_live()
        double = self.new_product("MPT-OIL", 1.0)
        self.flush()
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.listing(double).status, "rejected")
        self.assertIn("Another product", self.listing(double).message)
        self.oil.list_price = 81.0
        self.flush()
        self.assertEqual(self.sent(), [{"MPT-OIL": {"selling_price": 81.0}}])

    def test_a_new_product_goes_on_where_a_deleted_one_of_its_name_ended(self):
        self.go_live()
        salt = self.new_product("MPT-SALT", 3.5)
        self.flush()
        listing = self.listing(salt)
        salt.product_tmpl_id.unlink()
        self.flush()
        again = self.new_product("MPT-SALT", 4.5)
        self.flush()
        self.assertEqual(self.listing(again), listing)
        self.assertEqual((listing.status, listing.sent_price), ("in_step", 4.5))
        self.assertTrue(listing.is_published)

    def test_an_archived_product_gives_way_to_one_with_its_name(self):
        self.go_live()
        self.oil.active = False
        successor = self.new_product("MPT-OIL", 99.0)
        self.flush()
        told = [call["MPT-OIL"] for call in self.sent() if "MPT-OIL" in call]
        self.assertEqual(told[-1]["selling_price"], 99.0)
        self.assertNotIn({"is_published": False, "available_stock_quantity": 0}, told)
        self.assertEqual(self.listing(successor).status, "in_step")
        self.assertEqual(self.listing(self.oil).status, "off")

    def test_listings_are_found_by_their_status(self):
        self.go_live()
        listings = self.env["marketplace.listing"].search([("config_id", "=", self.config.id)])
        oil = self.listing(self.oil)
        self.oil.list_price = 81.0
        self.env.cr.flush()
        found = listings.filtered_domain
        search = self.env["marketplace.listing"].search
        mine = [("config_id", "=", self.config.id)]
        self.assertEqual(search([*mine, ("status", "=", "waiting")]), oil)
        self.assertEqual(search([*mine, ("status", "=", "in_step")]), listings - oil)
        self.assertEqual(search([*mine, ("status", "in", ["waiting", "in_step"])]), listings)
        self.assertEqual(search([*mine, ("status", "!=", "waiting")]), listings - oil)
        self.assertEqual(found([("status", "=", "waiting")]), oil)

    def test_a_pricelist_s_price_is_what_is_told(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Marketplace",
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.oil.id,
                            "compute_price": "fixed",
                            "fixed_price": 77.7,
                        },
                    )
                ],
            }
        )
        self.config.pricelist_id = pricelist
        self.go_live()
        self.assertEqual(self.listing(self.oil).sent_price, 77.7)
        self.assertEqual(self.listing(self.rice).sent_price, 31.5)

    def test_every_confirmed_value_is_kept(self):
        self.go_live()
        self.oil.list_price = 81.0
        self.flush()
        self.set_stock(self.oil, 1)
        self.flush()
        history = [(v.kind, v.value) for v in self.listing(self.oil).value_ids.sorted("id")]
        self.assertEqual(history, [("price", 80), ("stock", 10), ("price", 81), ("stock", 11)])
        self.assertTrue(all(v.log_id for v in self.listing(self.oil).value_ids))

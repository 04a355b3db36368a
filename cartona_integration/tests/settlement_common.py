# A marketplace that is settled with, for the tests of what an invoice of its orders books. The
# order comes to 2 x 80 + 1 x 32.50 = 192.50, without taxes.
from .inbound_common import InboundCase


class SettlementCase(InboundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        accounts = {
            name: cls.new_account(f"7{number}{number}{number}00", name, kind)
            for number, (name, kind) in enumerate(
                (
                    ("owed to us", "asset_receivable"),
                    ("owed by us", "liability_payable"),
                    ("borne", "income_other"),
                    ("customers", "asset_receivable"),
                    ("clearing", "asset_current"),
                )
            )
        }
        cls.accounts = accounts
        cls.marketplace = cls.env["res.partner"].create(
            {
                "name": "The Marketplace",
                "property_account_receivable_id": accounts["owed to us"].id,
                "property_account_payable_id": accounts["owed by us"].id,
            }
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Settlement",
                "code": "MSET",
                "type": "bank",
                "company_id": company.id,
                "default_account_id": accounts["clearing"].id,
            }
        )
        cls.config.write(
            {
                "settlement_journal_id": cls.journal.id,
                "settlement_partner_id": cls.marketplace.id,
                "settlement_income_id": accounts["borne"].id,
            }
        )

    @classmethod
    def new_account(cls, code, name, kind):
        return cls.env["account.account"].create(
            {
                "code": code,
                "name": name,
                "account_type": kind,
                "reconcile": kind in ("asset_receivable", "liability_payable"),
            }
        )

    def take(self, remote_id="ord-1", discount=None, released=False, **values):
        """A confirmed order, whose customer has an account of his own.

        :param released: it is held, and a person has taken that on himself
        """
        element = self.order(remote_id, **values)
        if discount:
            element["order_details"][0]["applied_cartona_discount"] = discount
        self.receive(element)
        order = self.sale_orders().filtered(lambda one: one.cartona_id == remote_id)
        order.partner_id.property_account_receivable_id = self.accounts["customers"]
        if released:
            order.action_release_hold()
        order.action_confirm()
        return order

    def invoice(self, order, quantities=None):
        """A draft invoice; of so much of each line, if it says so."""
        invoice = order._create_invoices(final=False)
        for line, quantity in zip(invoice.invoice_line_ids, quantities or (), strict=False):
            line.quantity = quantity
        return invoice

    def entries(self, order, state="posted"):
        return self.env["account.move"].search(
            [("settled_order_id", "=", order.id), ("state", "=", state)], order="id"
        )

    def items(self, entries):
        """{(account, who): balance} of the entries' items."""
        names = {account: name for name, account in self.accounts.items()}
        who = {self.marketplace: "marketplace"}
        found = {}
        for item in entries.line_ids:
            key = (names[item.account_id], who.get(item.partner_id, "customer"))
            found[key] = round(found.get(key, 0) + item.balance, 2)
        return found

    def owed(self, order):
        """What the customer still has to pay on his account, by the books."""
        items = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.accounts["customers"].id),
                ("partner_id", "=", order.partner_id.commercial_partner_id.id),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(items.mapped("balance")), 2)

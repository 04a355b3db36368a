# The money of a marketplace's order: who pays which part of it, and what is left to collect at the
# customer's door. The amounts told are the marketplace's, everything else follows from them and
# from the order's total as it is now, without goods that never come (sale_order_coming.py).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

ABSURD_MONEY = "absurd_money"
PAYMENT_KINDS = [
    ("cash", "Cash"),
    ("credit", "Credit"),
    ("installment", "Installments"),
    ("top_up", "Cash and wallet top-up"),
    ("credit_installment", "Credit and installments"),
    ("credit_top_up", "Credit and wallet top-up"),
    ("installment_top_up", "Installments and wallet top-up"),
    ("credit_installment_top_up", "Credit, installments and wallet top-up"),
]
# What the customer pays for the goods follows from these.
MONEY_OF_GOODS = (
    "amount_total",
    "amount_untaxed",
    "cartona_credit",
    "delivered_by",
    "installment_cost",
    "marketplace_config_id",
    "order_line.qty_delivered",
    "order_line.move_ids.state",
    "order_line.move_ids.product_uom_qty",
    "order_line.move_ids.quantity",
    "order_line.move_ids.picked",
)
# Orders that were here before the addon are no marketplace's: nothing of them has to be computed.
COMPUTED_COLUMNS = {"payment_kind": "varchar", "requires_otp": "bool"}


def _told(label, explanation):
    return fields.Monetary(label, readonly=True, copy=False, help=explanation)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    cartona_credit = fields.Monetary(
        readonly=True,
        copy=False,
        help="What Cartona pays for the customer, on credit.",
    )
    installment_cost = _told(
        "Installments",
        "What the customer pays the marketplace in installments, and the marketplace pays us.",
    )
    wallet_top_up = _told(
        "Wallet Top-up",
        "What the customer pays at the door into his wallet over there: collected for the "
        "marketplace, which gets it from us.",
    )
    supplier_rebate = _told(
        "Our Rebate",
        "A rebate that the marketplace says is ours. It changes no amount here: what it means for "
        "the total is not known.",
    )
    payment_kind = fields.Selection(
        PAYMENT_KINDS, "Payment", compute="_compute_payment_kind", store=True, precompute=True
    )
    requires_otp = fields.Boolean(
        "Code Needed",
        compute="_compute_payment_kind",
        store=True,
        precompute=True,
        help="The delivery counts only with the code that the customer got from the marketplace.",
    )
    amount_to_collect = fields.Monetary(
        "To Collect",
        compute="_compute_amount_to_collect",
        compute_sudo=True,
        help="At the customer's door: the order's total, without goods that never come and what "
        "the marketplace pays for the customer, and with what he pays into his wallet.",
    )
    amount_due_from_marketplace = fields.Monetary(
        "Owed to Us",
        compute="_compute_amount_due_from_marketplace",
        compute_sudo=True,
        help="What it pays for the customer, the discounts that it bears, and what it collects "
        "from him where it delivers.",
    )
    amount_due_to_marketplace = fields.Monetary(
        "Owed by Us",
        compute="_compute_amount_due_to_marketplace",
        help="What our driver collects for it.",
    )

    def _auto_init(self):
        for name, kind in COMPUTED_COLUMNS.items():
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends("marketplace_config_id", "cartona_credit", "installment_cost", "wallet_top_up")
    def _compute_payment_kind(self):
        for order in self:
            parts = [
                kind
                for kind, amount in (
                    ("credit", order.cartona_credit),
                    ("installment", order.installment_cost),
                    ("top_up", order.wallet_top_up),
                )
                if amount > 0
            ]
            is_marketplace = bool(order.marketplace_config_id)
            order.payment_kind = is_marketplace and ("_".join(parts) or "cash")
            order.requires_otp = order.installment_cost > 0 or order.wallet_top_up > 0

    @api.depends("wallet_top_up", *MONEY_OF_GOODS)
    def _compute_amount_to_collect(self):
        for order in self:
            collected = order._is_collected_by_us() and (
                order._get_cash_for_goods(order._get_coming_total()) + order.wallet_top_up
            )
            order.amount_to_collect = order.currency_id.round(collected or 0.0)

    @api.depends(
        "order_line.marketplace_discount",
        "order_line.marketplace_pack",
        "order_line.product_uom_qty",
        *MONEY_OF_GOODS,
    )
    def _compute_amount_due_from_marketplace(self):
        for order in self:
            discounts = sum(
                line._get_borne_discount(line.product_uom_qty, line._get_unit())
                for line in order.order_line
            )
            order.amount_due_from_marketplace = (
                order._get_paid_by_marketplace()
                + order._get_collected_by_marketplace()
                + order.currency_id.round(discounts)
            )

    @api.depends("marketplace_config_id", "delivered_by", "wallet_top_up")
    def _compute_amount_due_to_marketplace(self):
        for order in self:
            order.amount_due_to_marketplace = order._is_collected_by_us() and order.wallet_top_up

    def _is_collected_by_us(self):
        """Whoever delivers collects the money."""
        return bool(self.marketplace_config_id) and self.delivered_by != "marketplace"

    def _get_paid_by_marketplace(self):
        return self.cartona_credit + self.installment_cost

    def _get_collected_by_marketplace(self):
        """What its driver gets from the customer for us: it knows no taxes but those in its prices,
        and what it collects for the wallet is its own."""
        if self.delivered_by != "marketplace":
            return 0.0
        return self._get_cash_for_goods(self._get_coming_total(as_told=True))

    def _get_cash_for_goods(self, total):
        """What the customer himself pays of a total; nobody gives him cash."""
        left = self.currency_id.round(total - self._get_paid_by_marketplace())
        return max(left, 0.0)

    def _get_money_holds(self):
        """Why a person has to look at the order's money first: a list of codes."""
        told = (self.cartona_credit, self.installment_cost, self.wallet_top_up)
        beyond = self.currency_id.compare_amounts(
            self._get_paid_by_marketplace(), self._get_comparable_total()
        )
        is_absurd = min(*told, self.supplier_rebate) < 0 or beyond > 0
        return [ABSURD_MONEY] if is_absurd else []

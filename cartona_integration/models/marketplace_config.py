# One account on one marketplace: its address, secrets and policies. People write it, the engine
# only reads it. What the buttons of the connection do lies in marketplace_config_connection.py.
import secrets
import uuid

from odoo import _, api, fields, models

from ..const import MODES, STATES

MANAGER = "cartona_integration.group_marketplace_manager"


class MarketplaceConfig(models.Model):
    _name = "marketplace.config"
    _description = "Marketplace Connection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _check_company_auto = True
    _order = "sequence, id"

    # Account
    name = fields.Char(required=True, default=lambda self: self._default_of("name"))
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    platform = fields.Selection(
        "_selection_platform", required=True, default=lambda self: self._selection_platform()[0][0]
    )
    supplier_name = fields.Char(help="Your company's name on the marketplace.")
    supplier_code = fields.Char(
        help="Tells several accounts with one token apart. Usual codes: 1 retail, 2 wholesale, "
        "3 wholesale of wholesale. Leave it empty with a single account."
    )

    # Connection
    api_base_url = fields.Char(
        "API Address", required=True, default=lambda self: self._default_of("api_base_url")
    )
    auth_header = fields.Char(
        "Token Header", required=True, default=lambda self: self._default_of("auth_header")
    )
    auth_scheme = fields.Selection(
        [("token", "The token alone"), ("bearer", "Bearer and the token")],
        string="Token Form",
        required=True,
        default=lambda self: self._default_of("auth_scheme"),
    )
    endpoint_ids = fields.One2many(
        "marketplace.endpoint", "config_id", string="Custom API Paths", copy=True
    )
    webhook_token = fields.Char(
        "Webhook Secret",
        groups=MANAGER,
        copy=False,
        default=lambda self: secrets.token_urlsafe(32),
        help="The marketplace sends it along with every order, so that nobody else can.",
    )
    webhook_signing = fields.Boolean(
        "Signed Webhooks", help="Accept only webhooks that carry a signature over their content."
    )
    endpoint_key = fields.Char(
        "Webhook Key",
        required=True,
        copy=False,
        readonly=True,
        default=lambda self: uuid.uuid4().hex,
    )
    webhook_url = fields.Char("Webhook Address", compute="_compute_webhook_url")

    # What is offered
    deployment = fields.Selection(
        [
            ("auto", "Propose"),
            ("supplier", "A supplier's own Odoo: everything for sale is offered"),
            ("internal", "The marketplace's own Odoo: only products with an identity are offered"),
        ],
        required=True,
        default="auto",
    )
    environment = fields.Selection(
        [("supplier", "Supplier"), ("internal", "Internal")], compute="_compute_environment"
    )
    scope_domain = fields.Char("Only These Products", default="[]", required=True)
    identity_source = fields.Selection(
        [
            ("variant_id", "Number in Odoo"),
            ("default_code", "Internal reference"),
            ("barcode", "Barcode"),
        ],
        string="Known By",
        required=True,
        default="variant_id",
    )

    # What goes out and comes in
    price_mode = fields.Selection(MODES, "Prices", required=True, default="live")
    stock_mode = fields.Selection(MODES, "Stock", required=True, default="live")
    order_mode = fields.Selection(MODES, "Orders", required=True, default="live")
    status_mode = fields.Selection(MODES, "Order Statuses", required=True, default="live")
    poll_interval = fields.Integer("Ask for Orders Every (minutes)", required=True, default=5)

    # Sending
    batch_size = fields.Integer("Items per Call", required=True, default=500)
    # to connect and to read, twice as long in the worst case, must fit into a job's two minutes
    timeout = fields.Integer("Time-out (seconds)", required=True, default=30)
    retry_base = fields.Integer("First Retry After (seconds)", required=True, default=1)
    retry_max_delay = fields.Integer("Longest Retry Pause (seconds)", required=True, default=60)

    log_count = fields.Integer(compute="_compute_counts")
    listing_count = fields.Integer(compute="_compute_counts")

    _sql_constraints = [
        ("endpoint_key_unique", "unique (endpoint_key)", "The webhook key must be unique."),
        (
            "batch_size_limits",
            "check (batch_size between 1 and 5000)",
            "Items per call: enter 1 to 5000.",
        ),
        (
            "timeout_limits",
            "check (timeout between 1 and 50)",
            "Time-out: enter 1 to 50 seconds.",
        ),
        (
            "retry_base_limits",
            "check (retry_base between 1 and 600)",
            "First retry: enter 1 to 600 seconds.",
        ),
        (
            "retry_max_delay_limits",
            "check (retry_max_delay between retry_base and 3600)",
            "Longest retry pause: enter up to 3600 seconds, and no less than the first retry's.",
        ),
        (
            "poll_interval_limits",
            "check (poll_interval between 1 and 1440)",
            "Asking for orders: enter 1 to 1440 minutes.",
        ),
    ]

    @api.model
    def _selection_platform(self):
        return self.env["marketplace.adapter"]._get_platforms()

    @api.model
    def _default_of(self, name):
        platform = self.env.context.get("default_platform") or self._selection_platform()[0][0]
        return self.env[f"marketplace.adapter.{platform}"]._get_config_defaults()[name]

    @api.depends("endpoint_key")
    def _compute_webhook_url(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "").rstrip("/")
        for config in self:
            config.webhook_url = f"{base}/cartona_integration/webhook/{config.endpoint_key}/orders"

    def _compute_counts(self):
        for model, field in (
            ("marketplace.sync.log", "log_count"),
            ("marketplace.listing", "listing_count"),
        ):
            domain = [("config_id", "in", self.ids)]
            counts = dict(self.env[model]._read_group(domain, ["config_id"], ["__count"]))
            for config in self:
                config[field] = counts.get(config, 0)

    def action_open_log(self):
        """Show this connection's exchanges."""
        return self._open("action_marketplace_sync_log")

    def action_open_listings(self):
        """Show this connection's listings."""
        return self._open("action_marketplace_listing")

    def _open(self, action_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"cartona_integration.{action_id}")
        return action | {
            "domain": [("config_id", "=", self.id)],
            "context": {"default_config_id": self.id},
        }

    def copy_data(self, default=None):
        """A copy is a connection of its own: it says so in its name."""
        vals_list = super().copy_data(default)
        for config, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = _("%s (copy)", config.name)
        return vals_list

    @api.onchange("platform")
    def _onchange_platform(self):
        if self.platform:
            defaults = self.env["marketplace.adapter"]._for(self)._get_config_defaults()
            defaults.pop("name")
            self.update(defaults)

# Code in an e-mail template runs with every right, and every internal user may write one: none of
# the ORM's roads leads from there to the token.
from odoo.exceptions import UserError
from odoo.tests.common import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.secret_store import read_secret

SECRET = "tok-nobody-may-see-this"
EXPECTED_NOISE = (
    "odoo.addons.base.models.ir_qweb", "odoo.addons.mail.models.mail_render_mixin",
    "odoo.addons.mail.models.mail_template", "odoo.models", "odoo.osv.expression",
    "odoo.tools.safe_eval", "py.warnings",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestTemplateRoads(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.env["marketplace.config"].create({"name": "Guarded", "auth_token": SECRET})
        # the second group is every internal user's, unless somebody restricted it
        groups = "base.group_user,mail.group_mail_template_editor"
        cls.user = new_test_user(cls.env, "mp_author", groups=groups)
        cls.model = cls.env["ir.model"]._get("res.users")

    def render(self, expression):
        """What a plain user's template makes of an expression; `MP` is the config as superuser."""
        expression = expression.replace(
            "MP", f"object.env['marketplace.config'].sudo().browse({self.config.id})"
        )
        try:
            with mute_logger(*EXPECTED_NOISE), self.env.cr.savepoint():
                return self._preview(f"{{{{ {expression} }}}}")
        except UserError as error:
            return str(error)

    def _preview(self, subject):
        values = {"name": "Harmless", "subject": subject, "model_id": self.model.id}
        template = self.env["mail.template"].create(values)
        preview = self.env["mail.template.preview"].create(
            {"mail_template_id": template.id, "resource_ref": f"res.users,{self.user.id}"}
        )
        return f"{preview.subject} {preview.error_msg}"

    def setUp(self):
        super().setUp()
        self.env = self.env(user=self.user)

    def test_a_template_is_such_a_road(self):
        self.assertIn("Guarded", self.render("MP.name"))
        self.assertIn(self.config.sudo().webhook_token, self.render("MP.webhook_token"))

    def test_no_read_of_the_orm_leads_to_the_token(self):
        for expression in (
            "MP.auth_token",
            "MP['auth_token']",
            "MP.mapped('auth_token')",
            "MP.read(['auth_token'])",
            "MP.read()",
            "MP.search_read([], ['auth_token'])",
            "MP.export_data(['auth_token'])",
            "MP.copy_data()",
            "MP.name_get()",
            "MP.display_name",
            "MP.read_group([], ['auth_token'], ['auth_token'])",
            "MP._read_group([], ['auth_token'])",
            "MP.read(['auth_token_secret'])",
            "MP.search_read([], ['auth_token_secret'])",
            "MP._read_group([], ['auth_token_secret'])",
            "MP.mapped('auth_token_secret')",
            "MP.auth_token_secret",
            "MP.env['res.config.settings'].new({'company_id': 1}).marketplace_auth_token",
            "MP.company_id.marketplace_config_ids.mapped('auth_token')",
        ):
            self.assertNotIn(SECRET, self.render(expression), expression)

    def test_no_search_tells_tokens_apart(self):
        for field in ("auth_token", "auth_token_secret"):
            found = [
                self.render(f"MP.search_count([('{field}', '=like', '{start}%')])")
                for start in ("tok-n", "something else")
            ]
            self.assertEqual(found[0].replace("tok-n", ""), found[1].replace("something else", ""))
            for order in ("asc", "desc"):
                text = self.render(f"MP.search([], order='{field} {order}').mapped('name')")
                self.assertNotIn(SECRET, text)

    def test_no_method_hands_the_token_out(self):
        request = "MP.env['marketplace.adapter']._for(MP)._build_connection_test(MP)"
        expressions = (
            "MP._compute_auth_token()",
            "MP._inverse_auth_token()",
            "MP._get_secret()",
            "MP.env['marketplace.api']._get_headers(MP, False)",
            f"MP.env['marketplace.api']._prepare(MP, {request})",
            f"MP.env['marketplace.api']._prepare(MP, {request}).headers",
            f"MP.env['marketplace.api']._prepare(MP, {request}).headers.get('AuthorizationToken')",
            f"'{{0.headers}}'.format(MP.env['marketplace.api']._prepare(MP, {request}))",
        )
        for expression in expressions:
            self.assertNotIn(SECRET, self.render(expression), expression)
        prepared = self.render(expressions[-2])
        self.assertIn("****", prepared, "a call is prepared, and keeps its token to itself")

    def test_a_template_can_not_have_the_token_sent_elsewhere(self):
        self.render("MP.write({'auth_scheme': 'bearer', 'auth_header': 'Authorization'})")
        self.assertEqual(self.config.sudo().auth_scheme, "bearer")
        address = self.config.sudo().api_base_url
        self.render("MP.write({'api_base_url': 'https://evil.example.com/'})")
        self.assertEqual(self.config.sudo().api_base_url, address)
        self.assertEqual(read_secret(self.config), SECRET)
        self.render("MP._write({'api_base_url': 'https://evil.example.com/'})")
        self.config.invalidate_recordset()
        self.assertEqual(self.config.sudo().api_base_url, "https://evil.example.com/")
        self.assertIn("no token yet", self.render("MP.action_test_connection()"))

# The marketplace's token, in columns that the ORM does not know: no field read, search or export
# finds it, not even as superuser. Functions, not methods: a template's expression may call any
# method of a model, but no function of a module. marketplace.api reads, marketplace.config writes.
from ..utils.addresses import origin


def prepare_columns(cr):
    """Make the columns, and move what an earlier version kept in a column of the ORM's."""
    cr.execute(
        "ALTER TABLE marketplace_config ADD COLUMN IF NOT EXISTS auth_token_secret varchar,"
        " ADD COLUMN IF NOT EXISTS auth_token_origin varchar"
    )
    cr.execute(
        "SELECT FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = 'marketplace_config' AND column_name = 'auth_token'"
    )
    if cr.rowcount:
        cr.execute(
            "SELECT id, auth_token, api_base_url FROM marketplace_config"
            " WHERE auth_token_secret IS NULL AND auth_token <> ''"
        )
        for config_id, token, address in cr.fetchall():
            _write(cr, config_id, token, address)
        cr.execute("ALTER TABLE marketplace_config DROP COLUMN auth_token")


def read_secret(config):
    """:return: the config's token, None if there is none for the server that it talks to now"""
    # whoever got around write() with another address finds no token for it
    config.env.cr.execute(
        "SELECT auth_token_secret FROM marketplace_config WHERE id = %s AND auth_token_origin = %s",
        [config.id or 0, str(origin(config.api_base_url))],
    )
    row = config.env.cr.fetchone()
    return row and row[0]


def find_sharing(config):
    """:return: ids of the connections in use that have the config's token for the same server"""
    config.env.cr.execute(
        "SELECT other.id FROM marketplace_config mine JOIN marketplace_config other"
        " USING (auth_token_secret, auth_token_origin)"
        " WHERE mine.id = %s AND other.active AND other.state IN ('live', 'paused')",
        [config.id],
    )
    return [row[0] for row in config.env.cr.fetchall()]


def write_secret(config, value):
    """Keep another token for the config's server, or none."""
    _write(config.env.cr, config.id, value or None, config.api_base_url)


def _write(cr, config_id, token, address):
    cr.execute(
        "UPDATE marketplace_config SET auth_token_secret = %s, auth_token_origin = %s"
        " WHERE id = %s",
        [token, str(origin(address)), config_id],
    )


def find_secrets(configs):
    """:return: the ids of the configs that have a token"""
    if not configs.ids:
        return set()
    configs.env.cr.execute(
        "SELECT id FROM marketplace_config WHERE auth_token_secret IS NOT NULL AND id IN %s",
        [tuple(configs.ids)],
    )
    return {row[0] for row in configs.env.cr.fetchall()}

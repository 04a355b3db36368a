# The marketplace's token, in a column that the ORM does not know: no field read, search or export
# finds it, not even as superuser. Functions, not methods: a template's expression may call any
# method of a model, but no function of a module. marketplace.api reads, marketplace.config writes.


def prepare_column(cr):
    """Make the column, and move what an earlier version kept in a column of the ORM's."""
    cr.execute("ALTER TABLE marketplace_config ADD COLUMN IF NOT EXISTS auth_token_secret varchar")
    cr.execute(
        "SELECT FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = 'marketplace_config' AND column_name = 'auth_token'"
    )
    if cr.rowcount:
        cr.execute(
            "UPDATE marketplace_config SET auth_token_secret = auth_token"
            " WHERE auth_token_secret IS NULL"
        )
        cr.execute("ALTER TABLE marketplace_config DROP COLUMN auth_token")


def read_secret(config):
    """:return: the config's token, None if there is none"""
    config.env.cr.execute(
        "SELECT auth_token_secret FROM marketplace_config WHERE id = %s", [config.id or 0]
    )
    row = config.env.cr.fetchone()
    return row and row[0]


def write_secret(config, value):
    """Keep another token, or none."""
    config.env.cr.execute(
        "UPDATE marketplace_config SET auth_token_secret = %s WHERE id = %s",
        [value or None, config.id],
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

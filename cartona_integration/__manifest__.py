# What Odoo reads first: dependencies, data files in load order, hooks.
{
    "name": "Cartona Marketplace Connector",
    "version": "17.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Sell on the Cartona marketplace: prices, stock, orders and statuses always in step",
    "author": "Cartona Integration Contributors",
    "website": "https://cartona.com",
    "license": "LGPL-3",
    "depends": ["sale_stock", "queue_job", "phone_validation"],
    "external_dependencies": {"python": ["requests", "phonenumbers"]},
    "data": [
        "security/marketplace_groups.xml",
        "security/marketplace_rules.xml",
        "security/ir.model.access.csv",
        "data/queue_job_channels.xml",
        "views/marketplace_sync_log_views.xml",
        "views/marketplace_config_views.xml",
        "views/res_config_settings_views.xml",
        "views/marketplace_menus.xml",
    ],
    "demo": [
        "demo/marketplace_config_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["cartona_integration/static/tests/tours/*.js"],
    },
    "post_load": "post_load",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}

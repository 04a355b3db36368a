# Odoo's life-cycle hooks, named in the manifest: start of a process, uninstall.
from .const import ROOT_CHANNEL
from .utils.redaction_filter import install_on_root_handlers


def post_load():
    """Keep secrets out of every log line of this process, whoever writes it."""
    install_on_root_handlers()


def uninstall_hook(env):
    """Cancel the jobs that nobody will be able to run once the addon is gone."""
    env["queue.job"].sudo().search(
        [
            ("channel", "=like", f"{ROOT_CHANNEL}%"),
            ("state", "in", ("wait_dependencies", "pending", "enqueued")),
        ]
    ).button_cancelled()

# How long rows are kept that tell what happened: a parameter says so. A function, because models of
# different kinds ask.


def get_days(env, parameter, usual):
    """:return: days; at least one, so that nothing of today goes, whatever somebody has entered"""
    told = (env["ir.config_parameter"].sudo().get_param(parameter) or "").strip()
    return max(1, int(told)) if told.isascii() and told.isdigit() else usual

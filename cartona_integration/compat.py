# What differs in Python between the series that this addon runs on, in one place.
from odoo.release import version_info


def check_access(records, operation):
    """:raise AccessError: the user may not do this with these records, by groups or by rules"""
    if version_info[0] >= 18:
        records.check_access(operation)
    else:
        records.check_access_rights(operation)
        records.check_access_rule(operation)

# Inside Odoo for `make bench` only: clocks, and the naive ways that the addon is compared with.
{
    "name": "Bench Probe",
    "version": "1.0.0",
    "category": "Hidden",
    "author": "Cartona Integration Contributors",
    "license": "LGPL-3",
    "depends": ["cartona_integration"],
}

"""The addon on a real Odoo, seen from outside: over HTTP, in its database, in its log."""

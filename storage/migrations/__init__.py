"""Migrations, oldest first in `versions`. `storage.schema.upgrade` runs them."""

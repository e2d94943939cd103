"""Alembic wants a file of this name; causerie runs its migrations from `migrations.upgrade`."""

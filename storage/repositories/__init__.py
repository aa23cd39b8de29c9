"""Repositories: they read and write the glossary's values inside a transaction, and never commit."""

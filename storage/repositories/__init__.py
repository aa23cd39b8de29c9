"""Repositories: they speak the glossary, take and return values, and never commit."""

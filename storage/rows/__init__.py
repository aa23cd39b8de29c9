"""Conversions between rows and values, and bulk statements, shared by the repositories."""

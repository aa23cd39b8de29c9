"""Stored months and quarters, inserted where yearly forms need them, and notices when one changes."""

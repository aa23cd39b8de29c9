"""Inquiries: opinions asked of outside bodies. Which are due, what is asked, and their papers."""

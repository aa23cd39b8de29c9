"""What people read: chat messages, documents and pages. Wording lives here and nowhere else."""

"""Templates: everything that people read, as chat messages, documents and pages. Wording lives here and nowhere else."""

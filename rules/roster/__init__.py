"""The roster of an office (its units and people), and the changes that a new roster brings."""

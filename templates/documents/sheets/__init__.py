"""A sheet on paper: the official form in its order, with the answers, acts and signatures in their places."""

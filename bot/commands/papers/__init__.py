"""Commands that make papers, take them out and check them."""

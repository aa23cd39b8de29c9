"""What the regulations say: rulebooks as data, and pure functions over them."""

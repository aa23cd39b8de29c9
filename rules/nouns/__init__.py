"""The words all rooms share, as values: people, reviews, rulings, days, mistakes. They know nothing of rulebooks."""

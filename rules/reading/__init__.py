"""Files become values: strict YAML, the borders of rulebooks, forms, cases. Reached through `load` and `folders`."""

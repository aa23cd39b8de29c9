"""Files become values: strict YAML, the borders of rulebooks, forms, cases. Reached through `load` and `folders`; what users write besides, through `case`, `ledger_file`, `quota_file`."""

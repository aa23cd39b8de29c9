"""A person answers the questions of their form, sees the suggestion and hands the form in."""

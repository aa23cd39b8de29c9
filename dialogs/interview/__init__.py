"""A person answers the questions of their form, sees the suggestion and hands the form in. Other rooms read `own_review` and `position`, and show `review_page` and `explaining`."""

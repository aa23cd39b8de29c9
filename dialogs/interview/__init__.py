"""A person answers the questions of their form, sees the suggested rating and submits the form.

Other rooms read `own_review` and `position`, and show `review_page` and `explaining`.
"""

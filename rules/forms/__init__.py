"""A form and its answers: sections, questions, what fits, what is offered again."""

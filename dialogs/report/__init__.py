"""The room REPORT: the reports of bodies, who drafts them, and the parts that are given to others."""

"""The room REPORT: the reports of bodies, their drafters, and the parts assigned to other writers."""

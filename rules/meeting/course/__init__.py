"""The course of a meeting: what each thing that happened changes in it, and what all of them come to."""

"""The desk and heads see people, their codes and phones. Entered through `door`; broadcast shares `view`."""

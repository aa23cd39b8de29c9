"""The desk and heads see people, their codes and devices. Start at `door`; `dialogs.broadcast` shares `view`."""

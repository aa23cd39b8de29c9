"""The meeting: called, gone through item by item, closed; its minutes read and adopted. Every step stands by itself."""

"""Plain Qt pieces in the program's look, which know nothing of training."""

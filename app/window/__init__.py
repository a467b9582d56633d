"""The main window and what belongs to it alone: bar, docks, menu, actions, questions, and the windows beside it."""

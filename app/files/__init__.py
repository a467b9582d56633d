"""Runs as files: save, open, recent files, notes, and what is kept safe in case the program ends before its time."""

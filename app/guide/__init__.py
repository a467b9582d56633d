"""Guided lessons: steps, as data, that drive the program's own controls."""

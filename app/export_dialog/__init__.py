"""The export dialog: what is exported, which moments of it, how it looks and where it goes, with a picture beside it.

``dialog.py`` puts the parts together and asks ``app.export`` for preview, estimate and validation; the others are the
parts: a form of rows (rows.py) with the range of moments on a strip (range_strip.py, moments_field.py), the size
(size_field.py), the file (target_field.py), and the picture (preview.py).
"""

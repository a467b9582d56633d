"""Icons, typeface, style and data: files that are read, not code."""

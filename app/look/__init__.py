"""How everything looks: colours, typeface, size of text, icons."""

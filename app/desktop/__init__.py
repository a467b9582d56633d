"""How the program settles into a person's desktop: menu entry, icons, and a file type to double click on."""

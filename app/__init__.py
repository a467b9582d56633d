"""The desktop program: a window that shows how a network learns."""

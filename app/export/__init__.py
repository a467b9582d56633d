"""Taking animations home: frames from panels, written in a format, put in place when complete."""

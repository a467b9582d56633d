"""The run as the window has it: commands go in, moments come out, and the process that trains is behind it."""

"""Training in a process of its own, beside the window's: nothing here needs Qt.

In one process the interpreter lock would make the window wait for the training and the training for the window.
"""

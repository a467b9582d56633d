"""What a command cannot do, as a sentence for a person."""


class CommandError(Exception):
    """Why a headless command cannot be carried out; ``str(error)`` says what, why, and what to do."""

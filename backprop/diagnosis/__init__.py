"""Why a run does not learn: vital signs of every layer, rules that find an illness in them, and what cures it."""

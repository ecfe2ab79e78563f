class Refusal(Exception):
    """What this plugin can't do as it is told; says what to change."""

"""Longer texts asked for: summaries, briefings, a sentence for a report; each statement cited and checked."""

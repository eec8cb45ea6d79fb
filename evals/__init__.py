"""The evaluation suite: gold questions, scores, and the checks of the checker."""

"""What readers found wrong, as candidates for gold cases."""

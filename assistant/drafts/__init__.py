"""A person's own draft: read from a file, shown with what was checked in it, annotated in Word."""

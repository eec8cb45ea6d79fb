"""A language model writes; every statement passes the same check as without one."""

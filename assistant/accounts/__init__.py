"""Accounts: who may come in and what they may do; first passwords, sessions, lockout, the audit log."""

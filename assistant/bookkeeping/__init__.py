"""The ledger as people read it: limits, other units beside the written ones, bars, corrections kept apart."""

"""The ledger: every figure of the library with what it counts, where, when and in what terms."""

"""The ledger: what each child was given, recorded once and accounted for."""

"""The ledger: what each child was given, recorded once, certified by the week and sealed."""

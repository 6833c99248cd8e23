"""The ledger on the desk: what happened, entered once, certified by its teacher, and sealed."""

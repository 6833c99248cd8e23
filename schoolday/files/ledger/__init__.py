"""The ledger's files: sealed weeks and their chain, day packs, imports, and the form that is signed."""

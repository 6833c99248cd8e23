"""The ledger's desk at the demonstration district's size."""

"""Services of an IEP at the desk: recorded and signed by the provider, held against what is owed."""

"""The demonstration: a made-up district, planned, published, taken, sealed and measured, in one go.

`prepare` is the whole of it in its order; what it lays is in `asked`, `ledger`, `care` and `learning`, and
`people` says who there is to sign in as.
"""

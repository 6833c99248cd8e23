"""Sheets: what a district writes down beside the roster: terms of IEPs, closures, tiers, measures."""

"""Brought: what a district writes down in sheets: terms of IEPs, closures, tiers, measures."""

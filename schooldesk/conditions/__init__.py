"""Readings and orders from outside, what they allow at each school, and the year again from them."""

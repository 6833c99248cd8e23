"""Made-up districts from a seed, for the demonstration, the tests and the benchmarks."""

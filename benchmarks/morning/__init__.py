"""The morning rush and the publish under load, each beside its limit, in one run."""

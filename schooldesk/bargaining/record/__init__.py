"""A table's public record: its files taken in, and the pages that everybody may read."""

"""The table: its public record, what positions would do, and what each side keeps to itself."""

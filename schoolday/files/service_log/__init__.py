"""A record of services in small CSV files: entries, terms, closures, signatures; and its exports."""

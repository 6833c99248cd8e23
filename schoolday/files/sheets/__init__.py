"""CSV files of any kind: a folder or zip, its tables and columns, and every fault by file, row and column."""

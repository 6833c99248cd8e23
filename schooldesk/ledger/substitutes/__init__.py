"""Who stands in for a teacher for some days, and may take these classes on them."""

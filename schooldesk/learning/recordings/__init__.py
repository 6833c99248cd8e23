"""Recordings of lessons: posted, consented to, shown to their section alone, taken down."""

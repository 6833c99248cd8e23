"""Findings about files stand in the order of their rows."""

from schoolday.ground.finding import Finding, Spot, by_row


def test_findings_stand_by_file_and_row_whatever_found_them_first() -> None:
    places = [("b.csv", 3), ("a.csv", 9), ("b.csv", 2), ("a.csv", 2)]
    found = [Finding("x", f"{file} {row}", spot=Spot(file, row)) for file, row in places]
    assert [one.said for one in by_row(found)] == ["b.csv 2", "b.csv 3", "a.csv 2", "a.csv 9"]


def test_what_is_of_no_file_stands_first() -> None:
    found = [Finding("x", "row", spot=Spot("a.csv", 2)), Finding("y", "whole")]
    assert [one.said for one in by_row(found)] == ["whole", "row"]

"""Commands on exams and what they show: required exams, mastery with its uncertainty, recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.learning_followed import helped, watch
from schoolday.cli.learning_groups import groups
from schoolday.cli.learning_taken import Case, Folder, SchoolOption, Since, Subject, Taken, taken_learning
from schoolday.cli.options import AsJson, Books, On, Sides, Source, WayOption, book, taken
from schoolday.cli.output import day_of, finding_json, finish, say, say_findings, say_json
from schoolday.files.learning import read_learning, write_learning
from schoolday.files.standards import common_core, read_frameworks
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.counted import Counted, Viewing, counted
from schoolday.learning.mastery import Level, Mastery
from schoolday.learning.recordings import Listed, Presence, check_posted, check_recordings, presences, shelf
from schoolday.learning.required import check_required
from schoolday.learning.standards import check_essentials
from schoolday.rules import Way
from schoolday.sample.learned import learned

learning = typer.Typer(
    no_args_is_help=True,
    help="Learning: exams, what they show of each child, small groups that help, and recordings of lessons.",
    pretty_exceptions_enable=False,
)

Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to write the files.")]
Seed = Annotated[int, typer.Option("--seed", help="The seed: it gives the same files again.")]
After = Annotated[
    str, typer.Option("--after", metavar="DATE", help="The date of a second exam, if there is one.")
]
Pupil = Annotated[str, typer.Option("--pupil", metavar="ID", help="One pupil only.")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="CLAUSE", help="A what-if: leave out a clause; again for more."),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (sample, check, exams, mastery, recordings, groups, helped, watch):
        learning.command(command.__name__)(command)
    app.add_typer(learning, name="learning")


def sample(source: Source, on: On, out: Out, after: After = "", seed: Seed = 1, sides: Sides = None) -> None:
    """Make up exams, scores, marks and recordings for a roster, to try the other commands with."""
    day = day_of(on)
    roster, framework = taken(source, day, sides), common_core()
    made = learned(roster, framework, day, seed, day_of(after) if after else None)
    write_learning(
        out, roster, framework, exams=made.exams, scores=made.scores, essentials=made.essentials,
        recordings=made.recordings, consents=made.consents,
    )  # fmt: skip
    say(
        f"{out}: {len(made.exams):,} made-up exams, {len(made.scores):,} scores and "
        f"{len(made.recordings):,} recordings"
    )


def check(
    source: Source, folder: Folder, on: On, case: Case = None, sides: Sides = None, as_json: AsJson = False
) -> None:
    """Read a folder of learning and name every fault by file, row and column."""
    roster = taken(source, day_of(on), sides)
    framework, first = read_frameworks(case or ())
    reading = read_learning(folder, roster, framework)
    found: list[Finding] = [*first, *reading.findings]
    if reading.learned:
        found += check_essentials(reading.learned.essentials, framework)
    if as_json:
        say_json([finding_json(one) for one in found])
    else:
        say_findings(found)
        if reading.learned:
            it = reading.learned
            say(
                f"taken in: {len(it.exams):,} exams, {len(it.scores):,} scores and "
                f"{len(it.recordings):,} recordings"
            )
        else:
            say("nothing was taken in")
    finish(found)


def exams(
    source: Source,
    folder: Folder,
    on: On,
    without: Without = None,
    way: WayOption = Way.DISTANCE,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Hold a year's exams against the rules in force: which are required, and who has no score of one."""
    day = day_of(on)
    rulebook = book(rules, None, "").without(frozenset(without or ()))
    it = taken_learning(taken(source, day, sides), folder, rulebook, day, case=case, way=way)
    found = check_required(it.roster, it.learned.exams, it.learned.scores, it.standing, way)
    if as_json:
        say_json([finding_json(one) for one in found])
    else:
        say_findings(found)
    finish(found)


def mastery(
    source: Source,
    folder: Folder,
    on: On,
    pupil: Pupil = "",
    school: SchoolOption = "",
    subject: Subject = "",
    since: Since = "",
    way: WayOption = Way.DISTANCE,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Show what is known of each child and essential standard, and how surely; little is uncertain."""
    day = day_of(on)
    it = taken_learning(
        taken(source, day, sides), folder, book(rules, None, ""), day, case=case, way=way,
        since=day_of(since) if since else None, subject=subject,
    )  # fmt: skip
    some = [one for one in it.pupils(school) if pupil in ("", one.id)]
    if not some:
        raise SchooldayError(f"the roster has no pupil {pupil} there; check the id")
    found = it.masteries(some)
    if as_json:
        say_json([mastery_json(it, one) for one in found])
        return
    for one in found if pupil else ():
        say(_line(it, one))
    number = Counter(one.level for one in found)
    say(
        ", ".join(f"{number[level]:,} {level.value}" for level in Level) + " (pupils and essential standards)"
    )
    say(f"by {', '.join(sorted({clause for bars in it.bars.values() for clause in bars.clauses}))}")


def _line(it: Taken, one: Mastery) -> str:
    if one.level is Level.UNKNOWN:
        return f"{it.name(one.standard)}: unknown, no exam has asked"
    return (
        f"{it.name(one.standard)}: {one.level.value}, {one.mean:.0%} ({one.low:.0%} to {one.high:.0%}), "
        f"{one.right:.3g} of {one.trials:.3g} questions by {one.last}"
    )


def mastery_json(it: Taken, one: Mastery) -> Mapping[str, object]:
    """Return what is known of a pupil and a standard as plain values."""
    return {
        "pupil": one.pupil,
        "standard": it.name(one.standard),
        "level": one.level.value,
        "mean": round(one.mean, 4),
        "low": round(one.low, 4),
        "high": round(one.high, 4),
        "secure": round(one.secure, 4),
        "right": round(one.right, 4),
        "trials": round(one.trials, 4),
        "exams": one.exams,
        "last": one.last,
    }


_WORDS = {
    Presence.MISSED: "missed",
    Presence.UNKNOWN: "not known whether there",
    Presence.THERE: "there",
}


def recordings(
    source: Source,
    folder: Folder,
    on: On,
    pupil: Pupil = "",
    way: WayOption = Way.DISTANCE,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Check recordings (consent, end, captions), or list those that a pupil may see, lessons missed first."""
    day = day_of(on)
    it = taken_learning(taken(source, day, sides), folder, book(rules, None, ""), day, case=case, way=way)
    if pupil:
        return _shelf(it, pupil, as_json)
    found = check_recordings(it.learned.recordings, it.learned.consents, it.roster, it.standing)
    # Only lessons that somebody is known to have joined are known to have been held.
    held = {(one.activity, one.day) for one in it.learned.entries if one.kind == "joined" and one.activity}
    found += check_posted(held, it.learned.recordings, it.standing)
    seen = [(one, counted(one, it.standing, way)) for one in it.learned.viewings]
    if as_json:
        shown = [_viewed_json(one, of) for one, of in seen]
        say_json({"findings": [finding_json(one) for one in found], "viewings": shown})
    else:
        say_findings(found)
        for one, of in seen:
            say(f"{one.pupil} watched {one.recording} on {one.day}: {of.said} [{', '.join(of.clauses)}]")
        say(f"{len(it.learned.recordings):,} recordings, {len(seen):,} viewings")
    return finish(found)


def _viewed_json(one: Viewing, of: Counted) -> Mapping[str, object]:
    return {
        "pupil": one.pupil,
        "recording": one.recording,
        "counts": of.participation.value,
        "minutes": of.minutes,
        "clauses": of.clauses,
        "said": of.said,
    }


def _shelf(it: Taken, pupil: str, as_json: bool) -> None:
    if pupil not in it.roster.pupils:
        raise SchooldayError(f"the roster has no pupil {pupil}; check the id")
    known = presences(it.learned.entries)
    found = shelf(pupil, it.learned.recordings, it.learned.consents, it.roster, known, it.day)
    if as_json:
        say_json([_listed_json(it, one) for one in found])
        return
    for one in found:
        names = ", ".join(it.name(standard) for standard in one.recording.standards)
        say(
            f"{one.recording.day} {one.recording.title} ({_WORDS[one.presence]}; {names}): "
            f"{one.recording.link}"
        )
    say(f"{len(found):,} recordings; those of lessons that were missed come first")


def _listed_json(it: Taken, one: Listed) -> Mapping[str, object]:
    return {
        "recording": one.recording.id,
        "day": one.recording.day,
        "title": one.recording.title,
        "link": one.recording.link,
        "standards": [it.name(standard) for standard in one.recording.standards],
        "presence": one.presence.name.lower(),
        "keep_until": one.recording.keep_until,
    }

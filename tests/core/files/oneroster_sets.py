"""A tiny district written by hand as OneRoster 1.1 and 1.2, for tests to read and to spoil."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from schoolday.calendar.days import Calendar
from schoolday.files.rosters import RosterReading, read_roster
from schoolday.ground.finding import Status
from schoolday.roster import (
    Bells,
    Contract,
    Enrollment,
    Household,
    Pupil,
    Roster,
    School,
    Section,
    Service,
    Staff,
    Teaching,
)

DAY = date(2020, 9, 8)
SECRET = "Tr0ub4dor&3"

Files = dict[str, str]

_SAME = {
    "academicSessions.csv": """\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y2021,,,2020-2021,schoolYear,2020-09-01,2021-06-18,,2021
s1,,,Fall,semester,2020-09-01,2021-01-23,y2021,2021
""",
    "orgs.csv": """\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,,,Maple Unified,district,,
e1,,,Maple Elementary,school,0001,d1
m1,,,Cedar Middle,school,0002,d1
""",
    "courses.csv": """\
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
c3,,,y2021,Grade 3,,03,d1,,
calg,,,y2021,Algebra,MA8,08,d1,Mathematics,
""",
    "classes.csv": """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
k3,,,"Room 3, Ms. Núñez",03,c3,,homeroom,,e1,y2021,,,
alg,,,Algebra 1,"07,08",calg,,scheduled,,m1,s1,,,
""",
    "enrollments.csv": """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
n1,,,k3,e1,p1,student,,2020-09-03,2021-06-18
n2,,,alg,m1,p2,student,,,
n3,,,k3,e1,t1,teacher,true,,
n4,,,alg,m1,t2,teacher,,,
""",
    "demographics.csv": """\
sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus
p1,,,2012-02-29,female,,,,,,,true,,,,
""",
}

SET_11: Files = {
    **_SAME,
    "users.csv": f"""\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
p1,,,true,e1,student,ana,,Ana,Lee,,,,,,g1,03,{SECRET}
p2,,,true,m1,student,ben,,Ben,Lee,,,,,,g1,08,{SECRET}
t1,,,true,e1,teacher,tn,,Tina,Núñez,,,,,,,,{SECRET}
t2,,,true,"m1,e1",teacher,om,,Omar,Haq,,,,,,,,
g1,,,true,e1,parent,lee,,Lin,Lee,,,,,,"p1,p2",,
""",
}

SET_12: Files = {
    **_SAME,
    "users.csv": f"""\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
p1,,,true,ana,,Ana,Lee,,,,,,g1,03,{SECRET},,,,,,e1,
p2,,,true,ben,,Ben,Lee,,,,,,g1,08,{SECRET},,,,,,m1,
t1,,,true,tn,,Tina,Núñez,,,,,,,,{SECRET},,,,,,e1,
t2,,,true,om,,Omar,Haq,,,,,,,,,,,,,,m1,
g1,,,true,lee,,Lin,Lee,,,,,,"p1,p2",,,,,,,,,
""",
    "roles.csv": """\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r1,,,p1,primary,student,,,e1,
r2,,,p2,primary,student,,,m1,
r3,,,t1,primary,teacher,,,e1,u1
r4,,,t2,primary,teacher,,,m1,
r5,,,t2,secondary,teacher,,,e1,
r6,,,g1,primary,parent,,,e1,
""",
    "userProfiles.csv": f"""\
sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,credentialType,username,password
u1,,,t1,login,v,,,password,tn,{SECRET}
""",
}

SIDES: Files = {
    "schoolday/district.csv": "id,name,places,timezone\nd1,Maple Unified,CA ca-maple,America/Los_Angeles\n",
    "schoolday/households.csv": "householdId,language,devices,connection\nh1,es,1,hotspot\n",
    "schoolday/household_pupils.csv": "householdId,pupilId\nh1,p1\nh1,p2\n",
    "schoolday/contracts.csv": "staffId,start,end,days\nt1,08:00,15:30,Mon Tue Wed Thu Fri\n"
    "t2,08:00,12:00,Mon Wed\n",
    "schoolday/services.csv": "serviceId,pupilId,kind,minutes,times,providerId,group,beginDate,endDate,"
    "place\nv1,p1,speech,30,2,t2,,2020-09-08,2021-06-18,\n",
    "schoolday/bells.csv": "schoolId,first,pitch,slots\ne1,08:00,30,15\nm1,08:00,30,15\n",
    "schoolday/rooms.csv": "schoolId,kind,count\nm1,lab,2\n",
    "schoolday/links.csv": "sectionId,link,place\nk3,https://meet.example/k3,\nalg,https://meet.example/alg,lab\n",
    "schoolday/groups.csv": "pupilId,group\np1,el\np1,iep\n",
    "schoolday/credentials.csv": "staffId,credential\nt1,Multiple Subject\n",
    "schoolday/calendar.csv": "date,kind,name\n2020-09-07,holiday,Labor Day\n"
    "2020-09-01,preparation,Paid day\n",
}

_FILES_11 = """
academicSessions categories classes classResources courses courseResources demographics enrollments
lineItems orgs resources results users
"""
_FILES_12 = f"""{_FILES_11}
lineItemLearningObjectiveIds lineItemScoreScales resultLearningObjectiveIds resultScoreScales
roles scoreScales userProfiles userResources
"""


MAPLE = Roster(
    district="d1",
    name="Maple Unified",
    places=("CA", "ca-maple"),
    timezone="America/Los_Angeles",
    schools={
        "e1": School("e1", "Maple Elementary", ("3",), "0001"),
        "m1": School("m1", "Cedar Middle", ("7", "8"), "0002"),
    },
    pupils={
        "p1": Pupil("p1", "Ana", "Lee", "3", "e1", date(2012, 2, 29), frozenset({"el", "iep"})),
        "p2": Pupil("p2", "Ben", "Lee", "8", "m1"),
    },
    staff={
        "t1": Staff("t1", "Tina", "Núñez", "teacher", ("e1",), "Multiple Subject"),
        "t2": Staff("t2", "Omar", "Haq", "teacher", ("m1", "e1")),
    },
    sections={
        "k3": Section(
            "k3", "e1", "Room 3, Ms. Núñez", "", "homeroom", ("3",), "c3", "https://meet.example/k3", "home"
        ),
        "alg": Section(
            "alg", "m1", "Algebra 1", "Mathematics", "scheduled", ("7", "8"), "calg",
            "https://meet.example/alg", "lab",
        ),
    },
    enrollments=(
        Enrollment("k3", "p1", date(2020, 9, 3), date(2021, 6, 17)),
        Enrollment("alg", "p2", None, date(2021, 1, 22)),
    ),
    teaching=(Teaching("k3", "t1", True), Teaching("alg", "t2", True)),
    households={"h1": Household("h1", ("p1", "p2"), "es", 1, "hotspot")},
    services={
        "v1": Service("v1", "p1", "speech", 30, 2, "t2", "", date(2020, 9, 8), date(2021, 6, 17), "home")
    },
    contracts={"t1": Contract("t1", 480, 930), "t2": Contract("t2", 480, 720, (0, 2))},
    bells={"e1": Bells("e1", 480, 30, 15), "m1": Bells("m1", 480, 30, 15)},
    calendar=Calendar(
        date(2020, 9, 1),
        date(2021, 6, 17),
        {date(2020, 9, 7): "Labor Day"},
        {date(2020, 9, 1): "Paid day"},
    ),
    rooms={"m1": {"lab": 2}},
)  # fmt: skip
"""What the sets say, as a roster."""


def whole(version: str = "1.2", sides: bool = True) -> Files:
    """A sound export with its manifest."""
    files = dict(SET_12 if version == "1.2" else SET_11)
    names = (_FILES_12 if version == "1.2" else _FILES_11).split()
    said = [f"file.{name},{'bulk' if f'{name}.csv' in files else 'absent'}" for name in names]
    head = ["propertyName,value", "manifest.version,1.0", f"oneroster.version,{version}"]
    files["manifest.csv"] = "\n".join([*head, *said]) + "\n"
    return files | SIDES if sides else files


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files into a new folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """The files as the bytes of a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def read(folder: Path, files: Mapping[str, str | bytes]) -> RosterReading:
    """What reading the files from a folder gives."""
    return read_roster(lay(folder, files), day=DAY)


def spoil(files: Files, file: str, old: str, new: str) -> Files:
    """The files with one text in one file replaced; the text must be there once at least."""
    assert old in files[file], (file, old)
    return files | {file: files[file].replace(old, new, 1)}


def faults(reading: RosterReading, status: Status = Status.BROKEN) -> list[tuple[str, str, int, str]]:
    """Code, file, row and column of each finding of a status."""
    return [
        (finding.code.removeprefix("roster."), finding.spot.file, finding.spot.row, finding.spot.column)
        for finding in reading.findings
        if finding.status is status and finding.spot is not None
    ]

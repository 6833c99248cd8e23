"""The binding as data: the columns of each file in OneRoster 1.1 and 1.2, their formats and references.

Source: 1EdTech OneRoster CSV binding 1.2, and the 1.1 tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from schoolday.files.sheets.columns import Column, columns

_HEAD = "sourcedId:id! status:status~ dateLastModified:datetime~ "

_BOTH = {
    "academicSessions": "title! type:sessionType! startDate:date! endDate:date! "
    "parentSourcedId>academicSessions schoolYear:year!",
    "orgs": "name! type:orgType! identifier parentSourcedId>orgs",
    "courses": "schoolYearSourcedId>academicSessions title! courseCode grades:grades orgSourcedId>orgs! "
    "subjects:list subjectCodes:list",
    "classes": "title! grades:grades courseSourcedId>courses! classCode classType:classType! location "
    "schoolSourcedId>orgs! termSourcedIds>>academicSessions! subjects:list subjectCodes:list periods:list",
    "enrollments": "classSourcedId>classes! schoolSourcedId>orgs! userSourcedId>users! role:enrolRole! "
    "primary:boolean beginDate:date endDate:date",
    "classResources": "title classSourcedId>classes! resourceSourcedId>resources!",
    "courseResources": "title courseSourcedId>courses! resourceSourcedId>resources!",
    "resources": "vendorResourceId! title roles:list importance:importance vendorId applicationId",
}
_DEMOGRAPHICS = (
    "birthDate:date sex:{sex} americanIndianOrAlaskaNative:boolean asian:boolean "
    "blackOrAfricanAmerican:boolean nativeHawaiianOrOtherPacificIslander:boolean white:boolean "
    "demographicRaceTwoOrMoreRaces:boolean hispanicOrLatinoEthnicity:boolean countryOfBirthCode "
    "stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
)
_USER = (
    "username! userIds:list givenName! familyName! middleName identifier email sms phone "
    "agentSourcedIds>>users grades:grades password"
)
_LINE_ITEM = "title! description assignDate:date! dueDate:date! classSourcedId>classes! "
_RESULT = (
    "lineItemSourcedId>lineItems! studentSourcedId>users! scoreStatus:scoreStatus! score:float "
    "scoreDate:date! comment"
)
_ONE = {
    **_BOTH,
    "categories": "title!",
    "demographics": _DEMOGRAPHICS.format(sex="sex11"),
    "lineItems": _LINE_ITEM + "categorySourcedId>categories! gradingPeriodSourcedId>academicSessions! "
    "resultValueMin:float resultValueMax:float",
    "results": _RESULT,
    "users": f"enabledUser:boolean! orgSourcedIds>>orgs! role:role11! {_USER}",
}
_TWO = {
    **_BOTH,
    "categories": "title! weight:integer",
    "demographics": _DEMOGRAPHICS.format(sex="sex12"),
    "lineItemLearningObjectiveIds": "lineItemSourcedId>lineItems! source:source! learningObjectiveId!",
    "lineItems": _LINE_ITEM + "categorySourcedId>categories! academicSessionSourcedId>academicSessions! "
    "resultValueMin:float resultValueMax:float schoolSourcedId>orgs!",
    "lineItemScoreScales": "title lineItemSourcedId>lineItems! scoreScaleSourcedId>scoreScales!",
    "resultLearningObjectiveIds": "resultSourcedId>results! source:source! learningObjectiveId! score:float "
    "textScore",
    "results": _RESULT + " textScore classSourcedId>classes inProgress:boolean incomplete:boolean "
    "late:boolean missing:boolean",
    "resultScoreScales": "title resultSourcedId>results! scoreScaleSourcedId>scoreScales!",
    "roles": "userSourcedId>users! roleType:roleType! role:role12! beginDate:date endDate:date "
    "orgSourcedId>orgs! userProfileSourcedId>userProfiles",
    "scoreScales": "title! type! orgSourcedId>orgs! courseSourcedId>courses! classSourcedId>classes! "
    "scoreScaleValue:list!",
    "userProfiles": "userSourcedId>users! profileType! vendorId! applicationId description credentialType! "
    "username! password",
    "userResources": "userSourcedId>users! orgSourcedId>orgs classSourcedId>classes "
    "resourceSourcedId>resources!",
    "users": f"enabledUser:boolean! {_USER} userMasterIdentifier resourceSourcedIds>>resources "
    "preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId>orgs pronouns",
}


def _binding(files: Mapping[str, str]) -> dict[str, tuple[Column, ...]]:
    made = {name: columns(_HEAD + files[name]) for name in sorted(files)}
    # A demographics row is about a user and bears the user's own id.
    made["demographics"] = (Column("sourcedId", "id", True, target="users"), *made["demographics"][1:])
    return made


BINDING: Mapping[str, Mapping[str, tuple[Column, ...]]] = {"1.1": _binding(_ONE), "1.2": _binding(_TWO)}
"""The columns of each data file, by version and by the file's name without ``.csv``."""

MISSPELLED = {"courseResourses": "courseResources"}
"""File names that the standard's own table misprints, with the names that are meant."""

PRESENCE = ("absent", "bulk", "delta")
"""What a manifest may say of a file."""

"""Every address of the desk, flat; the decorator on each view says who may see it."""

from __future__ import annotations

from datetime import date

from django.contrib import admin
from django.urls import path, register_converter

from schooldesk import front
from schooldesk.bargaining.limits import mediator
from schooldesk.bargaining.limits import views as limits
from schooldesk.bargaining.outcomes import forms
from schooldesk.bargaining.outcomes import views as outcomes
from schooldesk.bargaining.record import views as bargaining
from schooldesk.cohorts.choice import phone
from schooldesk.cohorts.choice import views as choice
from schooldesk.cohorts.coming import groups
from schooldesk.cohorts.coming import views as coming
from schooldesk.cohorts.making import views as cohorts
from schooldesk.cohorts.rounds import views as rounds
from schooldesk.conditions import forms as conditions_forms
from schooldesk.conditions import previews
from schooldesk.conditions import views as conditions
from schooldesk.day import family, staff
from schooldesk.emergency import agreeing, agreeing_many
from schooldesk.emergency import family as family_emergency
from schooldesk.emergency import pupil as emergency_pupil
from schooldesk.emergency import views as emergency
from schooldesk.learning import views as learning
from schooldesk.learning.exams import views as exams
from schooldesk.learning.groups import views as small_groups
from schooldesk.learning.recordings import views as recordings
from schooldesk.ledger import assessed as ledger_assessed
from schooldesk.ledger import family as family_record
from schooldesk.ledger import imports as ledger_imports
from schooldesk.ledger import taking as ledger_taking
from schooldesk.ledger import views as ledger
from schooldesk.ledger.reengage import family as family_notices
from schooldesk.ledger.reengage import views as reengage
from schooldesk.ledger.services import family as family_services
from schooldesk.ledger.services import views as services
from schooldesk.ledger.sheets import views as sheets
from schooldesk.ledger.study import views as study
from schooldesk.ledger.substitutes import views as substitutes
from schooldesk.measures import views as measures
from schooldesk.measures import walk
from schooldesk.people import views as people
from schooldesk.rules import views as rules
from schooldesk.rules import warnings
from schooldesk.timetable import views as timetable
from schooldesk.timetable.moves import views as moves


class Day:
    """A date in an address: 2020-09-08."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the date; an impossible one is no address."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return it as it stands in the address."""
        return value.isoformat()


class Form:
    """The form of a file in an address: csv or json."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        """Return it as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands in the address."""
        return value


register_converter(Day, "day")
register_converter(Form, "form")

urlpatterns = [
    # The morning's address stands first.
    path("h/<str:token>/<day:day>/", family.page, name="family-day"),
    path("", front.welcome, name="welcome"),
    path("health", front.health, name="health"),
    path("rules/", rules.standing, name="rules"),
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("desk/", people.desk, name="desk"),
    path("h/<str:token>/", family.start, name="family"),
    path("h/<str:token>/more/", family.more, name="family-more"),
    path("h/<str:token>/keep/", family.keep, name="family-keep"),
    path("h/<str:token>/<day:day>/here/", family.here, name="family-here"),
    path("h/<str:token>/agreements/", family_emergency.agreements, name="family-agreements"),
    path("h/<str:token>/agreements/<int:number>/", family_emergency.agreement, name="family-agreement"),
    path("f/<str:token>.ics", family.feed, name="feed"),
    path("home/", family.home, name="home"),
    path("home/more/", family.home_more, name="home-more"),
    path("home/agreements/", family_emergency.home_agreements, name="home-agreements"),
    path("home/agreements/<int:number>/", family_emergency.home_agreement, name="home-agreement"),
    path("home/forget/", family.forget, name="home-forget"),
    path("home/<day:day>/", family.home_page, name="home-day"),
    path("home/<day:day>/here/", family.home_here, name="home-here"),
    path("d/<slug:district>/schools/<str:school>/<day:day>/", timetable.school, name="school-week"),
    path("d/<slug:district>/staff/<str:who>/<day:day>/", timetable.teacher, name="teacher-day"),
    path("d/<slug:district>/staff/<str:who>/move/", moves.of_teacher, name="teacher-move"),
    path("d/<slug:district>/moves/", moves.moves, name="moves"),
    path("d/<slug:district>/moves/<int:number>/", moves.one, name="move"),
    path("d/<slug:district>/moves/<int:number>/touched.csv", moves.touched, name="move-touched"),
    path("h/<str:token>/move/", moves.of_family, name="family-move"),
    path("home/move/", moves.of_home, name="home-move"),
    path("d/<slug:district>/households/<int:number>/", staff.start, name="household"),
    path("d/<slug:district>/households/<int:number>/more/", staff.more, name="household-more"),
    path("d/<slug:district>/households/<int:number>/<day:day>/", staff.household, name="household-day"),
    path("d/<slug:district>/households/<int:number>/link/", staff.renew, name="link-renew"),
    path("d/<slug:district>/households/<int:number>/link/revoke/", staff.revoke, name="link-revoke"),
    path("d/<slug:district>/rules/warnings/", warnings.soon, name="rule-warnings"),
    path("d/<slug:district>/conditions/", conditions.allowed, name="conditions"),
    path("d/<slug:district>/conditions/allowed.<form:kind>", conditions.allowed_file, name="conditions-file"),
    path("d/<slug:district>/conditions/readings/", conditions.readings, name="readings"),
    path("d/<slug:district>/conditions/readings.<form:kind>", conditions.readings_file, name="readings-file"),
    path(
        "d/<slug:district>/conditions/readings/enter/<slug:kind>/",
        conditions_forms.enter,
        name="readings-enter",
    ),
    path("d/<slug:district>/conditions/readings/take/", conditions_forms.take, name="readings-take"),
    path(
        "d/<slug:district>/conditions/readings/<int:number>/correct/",
        conditions_forms.correct,
        name="readings-correct",
    ),
    path(
        "d/<slug:district>/conditions/entries/<int:number>/undo/",
        conditions_forms.undo,
        name="readings-undo",
    ),
    path("d/<slug:district>/conditions/preview/", previews.preview, name="preview"),
    path("d/<slug:district>/conditions/preview.<form:kind>", previews.preview_file, name="preview-file"),
    path(
        "d/<slug:district>/conditions/preview/<str:school>/people/",
        previews.touched,
        name="preview-people",
    ),
    path("d/<slug:district>/conditions/year/", conditions.year, name="conditions-year"),
    path("d/<slug:district>/conditions/year.<form:kind>", conditions.year_file, name="conditions-year-file"),
    path("d/<slug:district>/conditions/year/rules/", conditions_forms.lay_over, name="year-rules"),
    path(
        "d/<slug:district>/conditions/year/rules/<int:number>/",
        conditions_forms.take_away,
        name="year-rules-away",
    ),
    path("d/<slug:district>/conditions/places/", conditions.places, name="conditions-places"),
    path(
        "d/<slug:district>/conditions/places.<form:kind>",
        conditions.places_file,
        name="conditions-places-file",
    ),
    path("d/<slug:district>/table/", bargaining.table, name="tables"),
    path("d/<slug:district>/table/<slug:table>/", bargaining.table, name="table"),
    path("d/<slug:district>/table/<slug:table>/record/", bargaining.record, name="table-record"),
    path("d/<slug:district>/table/<slug:table>/sides/", bargaining.sides, name="table-sides"),
    path("d/<slug:district>/table/<slug:table>/clocks/", bargaining.clocks, name="table-clocks"),
    path("d/<slug:district>/table/<slug:table>/words/", bargaining.choose_words, name="table-choose-words"),
    path(
        "d/<slug:district>/table/<slug:table>/words/<slug:document>/<int:before>/<int:after>/",
        bargaining.words,
        name="table-words",
    ),
    path("d/<slug:district>/table/<slug:table>/limits/", limits.limits, name="table-limits"),
    path("d/<slug:district>/table/<slug:table>/limits/ask/", limits.ask, name="table-ask"),
    path("d/<slug:district>/table/<slug:table>/mediator/", mediator.table, name="table-mediator"),
    path("d/<slug:district>/table/<slug:table>/consequences/", outcomes.consequences, name="consequences"),
    path(
        "d/<slug:district>/table/<slug:table>/consequences/ask/",
        forms.ask_consequences,
        name="consequences-ask",
    ),
    path(
        "d/<slug:district>/table/<slug:table>/consequences/<int:number>/",
        outcomes.one_consequences,
        name="consequence",
    ),
    path(
        "d/<slug:district>/table/<slug:table>/consequences/<int:number>/numbers.<form:kind>",
        outcomes.consequences_file,
        name="consequence-file",
    ),
    path("d/<slug:district>/table/<slug:table>/ground/", outcomes.ground, name="grounds"),
    path("d/<slug:district>/table/<slug:table>/ground/ask/", forms.ask_ground, name="ground-ask"),
    path("d/<slug:district>/table/<slug:table>/ground/<int:number>/", outcomes.one_ground, name="ground"),
    path(
        "d/<slug:district>/table/<slug:table>/ground/<int:number>/numbers.<form:kind>",
        outcomes.ground_file,
        name="ground-file",
    ),
    path("h/<str:token>/choice/", choice.choice, name="family-choice"),
    path("h/<str:token>/choice/said/", choice.said, name="family-choice-said"),
    path("h/<str:token>/return/", coming.family, name="family-return"),
    path("f/<str:token>/return.ics", coming.feed, name="return-feed"),
    path("d/<slug:district>/return/", coming.everybody, name="return"),
    path("d/<slug:district>/groups/", groups.groups, name="groups"),
    path("d/<slug:district>/households/<int:number>/choice/", phone.choice, name="household-choice"),
    path("d/<slug:district>/cohorts/", rounds.rounds, name="rounds"),
    path("d/<slug:district>/cohorts/<int:number>/", rounds.one, name="round"),
    path("d/<slug:district>/cohorts/made/<int:number>/", cohorts.one, name="cohorts"),
    path(
        "d/<slug:district>/cohorts/made/<int:number>/schools/<str:school>/",
        cohorts.school,
        name="cohorts-school",
    ),
    path(
        "d/<slug:district>/cohorts/made/<int:number>/<slug:name>.<form:kind>",
        cohorts.file,
        name="cohorts-file",
    ),
    path("d/<slug:district>/emergencies/", emergency.every, name="emergencies"),
    path("d/<slug:district>/emergencies/mine/", emergency_pupil.mine, name="emergencies-mine"),
    path("d/<slug:district>/emergencies/<int:number>/", emergency.work, name="emergency"),
    path("d/<slug:district>/emergencies/<int:number>/many/", emergency.many, name="emergency-many"),
    path(
        "d/<slug:district>/emergencies/<int:number>/agreements/", agreeing_many.many, name="agreements-many"
    ),
    path(
        "d/<slug:district>/emergencies/<int:number>/evidence/", emergency.evidence, name="emergency-evidence"
    ),
    path(
        "d/<slug:district>/emergencies/<int:number>/evidence.zip",
        emergency.evidence_file,
        name="emergency-evidence-file",
    ),
    path(
        "d/<slug:district>/emergencies/<int:number>/pupils/<str:pupil>/",
        emergency_pupil.pupil,
        name="emergency-pupil",
    ),
    path(
        "d/<slug:district>/emergencies/<int:number>/pupils/<str:pupil>/agreement/",
        agreeing.new,
        name="agreement-new",
    ),
    path("d/<slug:district>/agreements/", agreeing.every, name="agreements"),
    path("d/<slug:district>/agreements/<int:number>/", agreeing.one, name="agreement"),
    path("h/<str:token>/services/", family_services.services, name="family-services"),
    path("h/<str:token>/notices/", family_notices.notices, name="family-notices"),
    path("d/<slug:district>/services/", services.own, name="services"),
    path("d/<slug:district>/services/record.csv", services.own_file, name="services-file"),
    path("d/<slug:district>/services/schools/", services.of_school, name="services-school"),
    path("d/<slug:district>/services/schools/record.zip", services.school_file, name="services-school-file"),
    path("d/<slug:district>/sheets/", sheets.sheets, name="sheets"),
    path("d/<slug:district>/substitutes/", substitutes.substitutes, name="substitutes"),
    path("d/<slug:district>/reengage/", reengage.work, name="reengage"),
    path("d/<slug:district>/reengage/list.csv", reengage.work_file, name="reengage-file"),
    path("d/<slug:district>/reengage/schools/", reengage.schools, name="reengage-schools"),
    path("d/<slug:district>/reengage/pupils/<str:pupil>/", reengage.pupil, name="reengage-pupil"),
    path("d/<slug:district>/reengage/pupils/<str:pupil>/notice/", reengage.notice, name="reengage-notice"),
    path("h/<str:token>/record/", family_record.record, name="family-record"),
    path("d/<slug:district>/take/", ledger_taking.every, name="take-list"),
    path("d/<slug:district>/take/worker.js", ledger_taking.worker, name="take-worker"),
    path("d/<slug:district>/take/<str:activity>/<day:day>/", ledger_taking.one, name="take"),
    path("d/<slug:district>/take/<str:activity>/<day:day>/assessed/", ledger_assessed.take, name="assessed"),
    path("d/<slug:district>/take/<str:activity>/<day:day>/file/", ledger_imports.take, name="take-file"),
    path("d/<slug:district>/study/", study.day, name="study"),
    path("d/<slug:district>/study/ratio/", study.ratio, name="study-ratio"),
    path("d/<slug:district>/study/pupils/<str:pupil>/", study.pupil, name="study-pupil"),
    path("d/<slug:district>/study/pupils/<str:pupil>/samples.pdf", study.sheet, name="study-samples"),
    path("d/<slug:district>/week/", ledger.every, name="weeks"),
    path("d/<slug:district>/week/chain/", ledger.chain, name="week-chain"),
    path("d/<slug:district>/week/<str:school>/<day:monday>/forms.pdf", ledger.school_form, name="week-forms"),
    path("d/<slug:district>/week/<str:school>/<str:teacher>/<day:monday>/", ledger.one, name="week"),
    path(
        "d/<slug:district>/week/<str:school>/<str:teacher>/<day:monday>/form.pdf",
        ledger.form,
        name="week-form",
    ),
    path("h/<str:token>/recordings/", recordings.family, name="family-recordings"),
    path("h/<str:token>/learning/", learning.family, name="family-learning"),
    path("d/<slug:district>/learning/", learning.start, name="learning"),
    path("d/<slug:district>/learning/standards/", learning.standards, name="standards"),
    path("d/<slug:district>/learning/pupils/<str:pupil>/", learning.pupil, name="learning-pupil"),
    path("d/<slug:district>/learning/sections/<str:section>/", learning.section, name="learning-section"),
    path(
        "d/<slug:district>/learning/sections/<str:section>/recordings/",
        recordings.of_section,
        name="recordings",
    ),
    path("d/<slug:district>/learning/recordings/<int:number>/", recordings.one, name="recording"),
    path("d/<slug:district>/learning/exams/", exams.required, name="exams"),
    path("d/<slug:district>/learning/exams/<int:number>/", exams.results, name="exam-results"),
    path("d/<slug:district>/learning/take/", exams.take, name="learning-take"),
    path("d/<slug:district>/learning/entries/", exams.entries, name="learning-entries"),
    path("d/<slug:district>/learning/entries/<int:number>/undo/", exams.undo, name="learning-undo"),
    path("d/<slug:district>/learning/groups/", small_groups.groups, name="small-groups"),
    path("d/<slug:district>/learning/groups/<int:number>/", small_groups.one, name="small-group"),
    path("d/<slug:district>/learning/watch/", small_groups.watch, name="learning-watch"),
    path("d/<slug:district>/board/", measures.board, name="board"),
    path("d/<slug:district>/board.<form:kind>", measures.board_file, name="board-file"),
    path("d/<slug:district>/measures/", walk.every, name="measures"),
    path("d/<slug:district>/measures/open/<day:monday>/", walk.open_week, name="measures-open"),
    path("d/<slug:district>/measures/pupils/<str:pupil>/", walk.pupil, name="measures-pupil"),
    path("d/<slug:district>/measures/pupils/<str:pupil>/<day:day>/", walk.day, name="measures-day"),
    path("admin/", admin.site.urls),
]
handler403 = "schooldesk.front.refused"
handler404 = "schooldesk.front.missing"
handler500 = "schooldesk.front.broken"

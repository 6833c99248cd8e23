"""Maple: a small made-up district, two schools and sixty pupils, for tests and for reading."""

from __future__ import annotations

from schoolday.roster import Roster
from schoolday.sample.village import Village, settle

MAPLE = Village(
    key="maple",
    name="Maple Union (made up)",
    younger="Maple Elementary",
    older="Maple Secondary",
    homes="""
Alvarado;  es; 1; broadband; Lucía 2 el, Mateo 8
Haddad;    ar; 1; hotspot;   Noor 1 el, Yusuf 5 el, Layla 9
Brennan;   en; 1; broadband; Hazel K, Owen 7
Vang;      hmn; 3; broadband; Maly 3 el, Kou 6, Pheng 10
Whitfield; en; 2; broadband; Jada 4, Malik 11
Orozco;    es; ?; ;          Camila K el, Diego 3 el
Larsen;    en; 1; broadband; Theo 5
Coleman;   en; 2; broadband; Zuri 6, Isaiah 12
Petrov;    ru; 2; broadband; Daria 2, Nikita 4
Nguyen;    vi; 1; broadband; Linh 1
Sandhu;    pa; 2; broadband; Simran 7, Arjun 9
Keller;    en; 1; broadband; Ruby 3
Fonua;     to; 1; hotspot;   Mele 4 homeless, Sione 8 homeless
Marsh;     en; 1; broadband; Felix 1
Reyes;     tl; 1; broadband; Tala 6
Dempsey;   en; 2; broadband; Nora 2, Caleb 5
Ibarra;    es; 1; broadband; Renata 10
Chan;      yue; 1; broadband; Mei 1
Brooks;    en; ?; ;          Nia 11
Foley;     en; 1; broadband; Ivy K, Wyatt K
Xiong;     hmn; 1; broadband; Toua 8
Thornton;  en; 1; broadband; Stella 3
Okafor;    en; 2; broadband; Amara 4, Langston 7
Haidari;   fa; 1; hotspot;   Shabnam 2 el
Ellison;   en; 1; broadband; Miles 6
Solis;     es; 1; broadband; Ximena 5 el
Graves;    en; 1; broadband; Henry 12
Yates;     en; 1; broadband; Clara 9
Mendoza;   es; 2; broadband; Paloma 1 el, Tadeo 6
Novak;     en; 1; broadband; Simon 10
Pierce;    en; 1; broadband; Maya K foster
Rossi;     en; 1; broadband; Alice 4
Jordan;    en; 1; broadband; Micah 8
Weaver;    en; 1; broadband; Jonah 11
Gill;      pa; 1; broadband; Jasleen 5
Cha;       hmn; 1; broadband; Panhia 12
Hobbs;     en; 1; broadband; Maeve 3
Kowalski;  en; 2; broadband; Emma 2, Liam 6
Flores;    es; 1; none;      Gael 7 el
Sawyer;    en; 2; broadband; Beatrice 10, Silas 12
Bautista;  tl; 1; broadband; Paolo 8
Holloway;  en; ?; ;          Simone 11
""",
    met=(
        ("speech", 2, ("Lucía Alvarado", "Felix Marsh")),
        ("specialized academic instruction", 3, ("Jada Whitfield", "Theo Larsen", "Mele Fonua")),
        ("occupational therapy", 1, ("Ivy Foley",)),
        ("counseling", 1, ("Layla Haddad",)),
    ),
    apart=7,
)
"""The district's table of homes; ``?`` means that nobody has asked for the number of devices."""


def maple(seed: int = 1) -> Roster:
    """Return Maple; `seed` draws teachers' names, birthdays and seats."""
    return settle(MAPLE, seed)

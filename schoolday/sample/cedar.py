"""Cedar: a second, still smaller made-up district, so that every test of access has a stranger."""

from __future__ import annotations

from schoolday.roster import Roster
from schoolday.sample.village import Village, settle

CEDAR = Village(
    key="cedar",
    name="Cedar Valley (made up)",
    younger="Cedar Valley School",
    older="Cedar Valley Academy",
    homes="""
Serrano; es; 1; broadband; Itzel 1 el, Julián 7
Baker;   en; 2; broadband; Chloe K, Jack 9
Thao;    hmn; 1; hotspot;  Kia 4, Meng 8
Lam;     zh; 1; broadband; Jun 2
Hayes;   en; ?; ;          Imani 5, Marcus 10
Quinn;   en; 1; broadband; Audrey 6
Mansour; ar; 1; broadband; Salma 3 el
Parker;  en; 1; broadband; Silas 11
Salazar; es; 1; broadband; Marisol 12
Nash;    en; 1; broadband; Violet 7
""",
    met=(("speech", 1, ("Salma Mansour",)),),
    apart=3,
)
"""The district's table of homes."""


def cedar(seed: int = 1) -> Roster:
    """Return Cedar; `seed` draws teachers' names, birthdays and seats."""
    return settle(CEDAR, seed)

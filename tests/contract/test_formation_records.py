"""What one record of a catalogue of formations becomes, or why its centre is left out."""

from copy import deepcopy

import pytest

from depot.domain.cfa.formation import training_of
from depot.domain.cfa.training import Training
from depot.domain.firm.company import Point
from tests.formations import ALTERNANCE, RCO, Row, changed, found


@pytest.mark.parametrize(
    ("name", "record", "path", "value"),
    [
        ("alternance", ALTERNANCE, "statut.catalogue", "autre"),
        ("alternance", ALTERNANCE, "formateur", None),
        ("alternance", ALTERNANCE, "formateur.organisme.etablissement.siret", "1234"),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", [2.3]),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", [2.3, 148.9]),
        ("alternance", ALTERNANCE, "lieu.geolocalisation.coordinates", ["Paris", "Paris"]),
        ("alternance", ALTERNANCE, "modalite.entierement_a_distance", "parfois"),
        ("rco", RCO, "published", None),
        ("rco", RCO, "etablissement_formateur_siret", None),
        ("rco", RCO, "lieu_formation_geo_coordonnees", "Paris"),
        ("rco", RCO, "rome_codes", "D1102"),
    ],
)
def test_a_record_of_another_shape_is_none_and_spoils_no_other(
    name: str, record: Row, path: str, value: object
) -> None:
    assert found(name, record) is not None
    assert found(name, changed(record, path, value)) is None


@pytest.mark.parametrize(
    ("name", "record", "path", "value", "reason"),
    [
        ("alternance", ALTERNANCE, "statut.catalogue", "archivé", "unpublished"),
        ("alternance", ALTERNANCE, "formateur.organisme", None, "without_centre"),
        ("alternance", ALTERNANCE, "formateur.organisme.etablissement.ouvert", False, "closed"),
        ("alternance", ALTERNANCE, "modalite.entierement_a_distance", True, "remote"),
        (
            "alternance",
            ALTERNANCE,
            "formateur.organisme.renseignements_specifiques.qualiopi",
            False,
            "uncertified",
        ),
        ("alternance", ALTERNANCE, "contact.email", None, "unreachable"),
        ("alternance", ALTERNANCE, "certification.valeur.intitule.rncp", None, "without_title"),
        ("alternance", ALTERNANCE, "certification.valeur.domaines.rome.rncp", None, "without_code"),
        ("rco", RCO, "catalogue_published", False, "unpublished"),
        ("rco", RCO, "entierement_a_distance", True, "remote"),
        ("rco", RCO, "etablissement_formateur_certifie_qualite", False, "uncertified"),
        ("rco", RCO, "etablissement_formateur_courriel", None, "unreachable"),
        ("rco", RCO, "intitule_long", None, "without_title"),
        ("rco", RCO, "rome_codes", [], "without_code"),
        ("rco", RCO, "lieu_formation_geo_coordonnees", None, "without_place"),
        ("rco", RCO, "lieu_formation_geo_coordonnees", "948.2,2.3", "without_place"),
    ],
)
def test_a_centre_that_may_not_be_asked_is_left_out(
    name: str, record: Row, path: str, value: object, reason: str
) -> None:
    formation = found(name, changed(record, path, value))

    assert formation is not None
    assert training_of(formation) == reason


def contact(email: str, *, confirmed: bool) -> Row:
    return {"email": email, "sources": [], "confirmation_referentiel": confirmed}


@pytest.mark.parametrize(
    ("own", "centre", "answering", "expected"),
    [
        ("own@example.org", [contact("c@example.org", confirmed=True)], [], "own@example.org"),
        (
            None,
            [contact("u@example.org", confirmed=False), contact("c@example.org", confirmed=True)],
            [contact("r@example.org", confirmed=True)],
            "c@example.org",
        ),
        (
            None,
            [contact("u@example.org", confirmed=False)],
            [contact("r@example.org", confirmed=False), contact("rc@example.org", confirmed=True)],
            "rc@example.org",
        ),
        (None, [], [contact("r@example.org", confirmed=False)], "r@example.org"),
        (None, [contact("u@example.org", confirmed=False)], [], None),
    ],
)
def test_whom_to_write_to(
    own: str | None, centre: list[Row], answering: list[Row], expected: str | None
) -> None:
    record = deepcopy(ALTERNANCE)
    record["contact"]["email"] = own
    record["formateur"]["organisme"]["contacts"] = centre
    record["responsable"]["organisme"] = deepcopy(record["responsable"]["organisme"])
    record["responsable"]["organisme"]["contacts"] = answering

    formation = found("alternance", record)

    assert formation is not None
    training = training_of(formation)
    assert (training.email if isinstance(training, Training) else None) == expected


def test_the_open_catalogue_falls_back_on_who_answers_for_the_centre() -> None:
    record = RCO | {
        "etablissement_formateur_courriel": None,
        "etablissement_gestionnaire_courriel": "g@example.org",
    }

    formation = found("rco", record)

    assert formation is not None
    assert formation.emails == (None, "g@example.org")


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("44.841225,-0.5800364", 44.841225, -0.5800364),  # Bordeaux
        ("-0.564629,44.886959", 44.886959, -0.564629),  # the other way round
        ("48.11, 7.35", 48.11, 7.35),
        ("7.35,48.11", 48.11, 7.35),
        ("-21.115,55.536", -21.115, 55.536),  # La Réunion
        ("-12.78,45.23", -12.78, 45.23),  # Mayotte: as far East as Lyon is North
        ("14.6,-61.0", 14.6, -61.0),  # Martinique
        ("4.92,-52.31", 4.92, -52.31),  # Guyane
    ],
)
def test_coordinates_written_the_other_way_round_are_put_right(
    text: str, latitude: float, longitude: float
) -> None:
    formation = found("rco", RCO | {"lieu_formation_geo_coordonnees": text})

    assert formation is not None
    assert formation.place == Point(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("rncp", "cfd", "level"), [("4", "3", "4"), (None, "3", "3"), (None, None, None)]
)
def test_the_level_is_that_of_the_rncp_else_of_the_diploma(
    rncp: str | None, cfd: str | None, level: str | None
) -> None:
    record = deepcopy(ALTERNANCE)
    record["certification"]["valeur"]["intitule"]["niveau"] = {
        "rncp": rncp and {"europeen": rncp},
        "cfd": cfd and {"europeen": cfd},
    }

    formation = found("alternance", record)

    assert formation is not None
    assert formation.level == level

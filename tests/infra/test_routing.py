"""Where OPCOs read their mail: a broken file is refused before anything is deployed."""

import json

import pytest

from depot.domain.opco.routing import OpcoRouting
from depot.reference import routing as deployed
from infra import config, layers, routing
from infra.config import STAGES, objections
from scripts.opco_routing_schema import SCHEMA, schema
from tests.infra.conftest import ROOT


STAGE_NAMES = sorted(path.stem for path in STAGES.glob("*.json"))
EP = "Opco entreprises de proximité"
GOOD = json.loads(routing.path_of("local").read_text(encoding="utf-8"))


def spoiled(**over):
    """A good file where the mailboxes of one OPCO are replaced."""
    return {**GOOD, "opcos": {**GOOD["opcos"], EP: over}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the files, with one ``broken.json`` to write."""
    monkeypatch.setattr(routing, "FILES", tmp_path)
    return tmp_path


def test_the_schema_in_the_docs_is_that_of_the_model():
    assert SCHEMA.read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize("stage", STAGE_NAMES)
def test_every_stage_has_a_file_that_functions_can_read(stage):
    path = routing.path_of(stage)

    assert routing.faults(path) == []
    assert len(OpcoRouting.model_validate_json(path.read_text("utf-8")).opcos) == 11


@pytest.mark.parametrize("stage", STAGE_NAMES)
def test_a_file_says_where_its_schema_is(stage):
    path = routing.path_of(stage)
    named = json.loads(path.read_text(encoding="utf-8"))["$schema"]

    assert (path.parent / named).resolve() == routing.SCHEMA.resolve()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "not JSON"),
        ("[]", "is not of type 'object'"),
        ({**GOOD, "default": "accueil"}, "$.default: 'accueil' does not match"),
        ({**GOOD, "defaut": "a@example.org"}, "'defaut' was unexpected"),
        ({key: GOOD[key] for key in ("opcos",)}, "'default' is a required property"),
        ({**GOOD, "opcos": {}}, f"'{EP}' is a required property"),
        ({**GOOD, "opcos": {**GOOD["opcos"], "Opco EP": {}}}, "'Opco EP' is not one of"),
        (spoiled(), "'mailbox' is a required property"),
        (spoiled(mailbox="a@example.org", regions={"99": "a@example.org"}), "'99' is not one of"),
        (spoiled(mailbox="a@example.org", departements={"20": "b@c.fr"}), "'20' is not one of"),
        (spoiled(mailbox="a@example.org", departements={"2A": 3}), "3 is not of type 'string'"),
        (spoiled(mailbox="a@example.org", regions={"53": "rennes"}), "'rennes' does not match"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_of_the_fault(folder, wrong, said):
    path = folder / "broken.json"
    path.write_text(wrong if isinstance(wrong, str) else json.dumps(wrong), encoding="utf-8")

    assert any(said in fault for fault in routing.faults(path))


def test_a_broken_file_stops_a_deployment_and_a_synthesis(folder, monkeypatch):
    (folder / "prod.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(config, "load", lambda _name: STAGE)

    assert any(line.startswith("infra/opcos/prod.json: $") for line in objections("prod"))
    with pytest.raises(layers.RoutingBroken, match="required property"):
        layers.routing_layer(None, STAGE)


def test_a_blank_anywhere_in_a_file_stops_a_deployment(folder):
    blank = spoiled(mailbox="a@example.org", departements={"35": "x@a-renseigner.invalid"})
    (folder / "local.json").write_text(json.dumps(blank), encoding="utf-8")

    [line] = objections("local")

    assert line == f"infra/opcos/local.json: opcos.{EP}.departements.35 is still a placeholder"


def test_the_layer_holds_the_file_where_functions_look_for_it(cloud):
    built = layers.BUILD / "routing-prod" / "python" / deployed.PACKAGE / deployed.FILE

    assert built.read_bytes() == routing.path_of("prod").read_bytes()
    names = [name for name in cloud.of("Lambda::LayerVersion") if "Routing" in name]
    assert len(names) == 1


def test_the_sample_of_the_tests_is_read_as_in_a_function(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tests" / "data" / "routing")

    assert EP in deployed.deployed_routing().opcos


STAGE = config.load("prod")

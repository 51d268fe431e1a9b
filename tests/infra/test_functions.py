"""What a function is: its runtime, its layers, its environment, its logs."""

import pytest

from infra.layers import BUILD, PAGE_SOURCES
from tests.infra.conftest import FUNCTIONS, ROOT
from tests.infra.wired import failures


TABLES = {"RECRUITERS_TABLE", "OFFERS_TABLE"}


LETTERS = TABLES | {"LINK_SECRET", "PUBLIC_URL", "MAIL_SENDER", "MAIL_CONTACT"}


DIRECTORIES = {"COMPANIES_URL", "API_ENTREPRISE_URL"}


OPCOS = {"OPCO_REMINDER_DAYS"}


LIFE = {"OFFER_LONGEST_DAYS", "OFFER_REACTIVATION_DAYS"}


CFAS = {"CFA_FOLLOW_UP_DAYS"}


ENVIRONMENT = {
    "create_recruiter": LETTERS | DIRECTORIES | {"GEOCODING_URL", "DATA_BUCKET"},
    "add_offer": LETTERS | {"GEOCODING_URL"},
    "manage_offers": (LETTERS | OPCOS | LIFE | {"GEOCODING_URL", "DATA_BUCKET", "PARTNER_SECRET"}),
    "notify_opco": LETTERS | OPCOS | {"DATA_BUCKET", "SIRO_FILE_URL", "SIRO_URL"},
    "match_cfa": LETTERS | CFAS | {"DATA_BUCKET", "FORMATIONS_URL", "RCO_URL"},
    "publish_feed": {
        *("OFFERS_TABLE", "FEED_BUCKET", "PUBLIC_URL"),
        *("LA_BONNE_ALTERNANCE_URL", "FRANCE_TRAVAIL_URL"),
    },
    "expire_offers": (
        LETTERS | OPCOS | LIFE | CFAS | DIRECTORIES | {"DATA_BUCKET", "FEED_BUCKET", "SIRO_URL"}
    ),
}


# APIs that want a key, and who asks them.
KEYS = {
    "API_ENTREPRISE": {"create_recruiter", "expire_offers"},
    "FORMATIONS": {"match_cfa"},
    "SIRO": {"notify_opco", "expire_offers"},
    "LA_BONNE_ALTERNANCE": {"publish_feed"},
    "FRANCE_TRAVAIL": {"publish_feed"},
}


@pytest.fixture(params=FUNCTIONS)
def function(request):
    return request.param


def test_there_is_one_function_for_each_folder_and_no_other_of_ours(cloud):
    ours = [
        properties
        for properties in cloud.of("Lambda::Function").values()
        if properties["Handler"] == "handler.lambda_handler"
    ]

    assert set(FUNCTIONS) == set(ENVIRONMENT)
    assert len(ours) == len(FUNCTIONS) == len(cloud.functions)


def test_the_only_function_not_ours_uploads_the_pages(cloud):
    others = [
        logical
        for logical, properties in cloud.of("Lambda::Function").items()
        if properties["Handler"] != "handler.lambda_handler"
    ]

    assert [name[:25] for name in others] == ["CustomCDKBucketDeployment"]


def test_a_function_runs_on_the_chosen_runtime_with_the_layers_it_uses(cloud, function):
    _, properties = cloud.functions[function]

    assert properties["Runtime"] == "python3.13"
    assert properties["Architectures"] == ["arm64"]
    routing, templates = ENVIRONMENT[function] >= OPCOS, function == "publish_feed"
    assert len(properties["Layers"]) == (3 if routing or templates else 2)
    assert properties["LoggingConfig"]["LogFormat"] == "JSON"


@pytest.mark.usefixtures("cloud")
def test_the_layer_of_pages_holds_the_templates_of_the_site():
    package = BUILD / "pages" / "python" / "depot_web"
    written = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()}

    assert written == set(PAGE_SOURCES)
    for name in written:
        assert (package / name).read_bytes() == (ROOT / "web" / name).read_bytes()


def test_a_function_is_told_exactly_what_it_uses(cloud, function):
    _, properties = cloud.functions[function]

    assert set(properties["Environment"]["Variables"]) == ENVIRONMENT[function]


@pytest.mark.parametrize("api", KEYS)
def test_an_api_that_wants_a_key_is_asked_where_a_stage_names_it(cloud, local_cloud, api, function):
    def told(stage):
        variables = stage.functions[function][1]["Environment"]["Variables"]
        return {
            name: variables[name] for name in {f"{api}_URL", f"{api}_SECRET"} & variables.keys()
        }

    asks = function in KEYS[api]

    assert told(cloud) == ({f"{api}_URL": ""} if asks else {})
    assert told(local_cloud).keys() == ({f"{api}_URL", f"{api}_SECRET"} if asks else set())


def test_there_are_two_secrets_of_ours_and_one_for_each_key_a_stage_has(cloud, local_cloud):
    assert len(cloud.of("SecretsManager::Secret")) == 2
    assert len(local_cloud.of("SecretsManager::Secret")) == 2 + len(KEYS)


def test_every_lambda_writes_to_a_log_group_that_forgets(cloud):
    groups = cloud.of("Logs::LogGroup")

    for properties in cloud.of("Lambda::Function").values():
        assert groups[properties["LoggingConfig"]["LogGroup"]["Ref"]]["RetentionInDays"] == 90


def test_every_log_group_forgets(cloud):
    assert all(group["RetentionInDays"] == 90 for group in cloud.of("Logs::LogGroup").values())


def test_an_asynchronous_failure_is_kept(cloud, function):
    logical, _ = cloud.functions[function]
    (invocation,) = [
        config
        for config in cloud.of("Lambda::EventInvokeConfig").values()
        if config["FunctionName"] == {"Ref": logical}
    ]

    assert invocation["DestinationConfig"]["OnFailure"]["Destination"] == failures(cloud)
    assert invocation["MaximumRetryAttempts"] <= 2
    assert invocation["MaximumEventAgeInSeconds"] <= 6 * 3600

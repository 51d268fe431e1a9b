"""Tables, buckets and secrets; each hands out the ``Need`` that lets a function use it."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from depot.storage import schema
from infra.config import ApiName, Stage, api_secret
from infra.function import Need


READ: Final = ("dynamodb:GetItem", "dynamodb:Query")
# TransactWriteItems has no action of its own: DynamoDB checks the one of each part.
WRITE: Final = "dynamodb:PutItem"
# For whole dossiers: to erase them, to move when the table purges them.
ERASE: Final = "dynamodb:DeleteItem"
KEEP: Final = "dynamodb:UpdateItem"

# A browser asks first when a page elsewhere sends If-None-Match: S3 answers, CloudFront relays.
ANYONE: Final = s3.CorsRule(
    allowed_origins=["*"],
    allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.HEAD],
    allowed_headers=["*"],
    max_age=86_400,
)

# What publish_feed writes in the bucket of the feed.
OFFERS: Final = "offres/*"
PUBLISHED: Final = ("feed/*", OFFERS, "sitemap*.xml", "robots.txt")
# What partners who read no feed were told: beside it, not served.
TOLD: Final = "push/*"

# APIs that want a key, and the texts of its secret: the key first, then who asks.
KEYS: Final[Mapping[ApiName, tuple[str, ...]]] = {
    "api_entreprise": ("token", "recipient"),
    "formations": ("key",),
    "siro": ("key",),
    "la_bonne_alternance": ("key",),
    "france_travail": ("password", "login", "flow", "partner"),
}


class Storage(Construct):
    """Everything that outlives a deployment.

    ``s3:ListBucket`` goes with every ``s3:GetObject``: without it S3 says "forbidden" of an object
    that is not there.
    """

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self._protect = not stage.emulated
        self.recruiters = self._table(schema.RECRUITERS_TABLE)
        self.offers = self._table(schema.OFFERS_TABLE)
        # No versions: what the feed deletes holds phones, and must be gone.
        self.feed = self.bucket("Feed", cors=[ANYONE], rules=[_gone_rule()])
        self.data = self.bucket("Data", versioned=True)
        self.link_secret = self._link_secret()
        self.partner_secret = self._partner_secret()
        self.api_secrets = {api: self._api_secret(api) for api in KEYS if stage.apis.get(api)}

    @property
    def removal(self) -> RemovalPolicy:
        """What becomes of data when the stack goes away."""
        return RemovalPolicy.RETAIN if self._protect else RemovalPolicy.DESTROY

    def use_recruiters(self, *, write: bool = False) -> Need:
        """Tell the recruiters table: to read, perhaps to write."""
        return _use_table("RECRUITERS_TABLE", self.recruiters, write=write)

    def use_offers(self, *, write: bool = False) -> Need:
        """Tell the offers table: to read, perhaps to write."""
        return _use_table("OFFERS_TABLE", self.offers, write=write)

    def check_recruiters(self) -> Need:
        """Let a transaction depend on what it does not write: an erasure going on."""
        return Need(grants=((("dynamodb:ConditionCheckItem",), (self.recruiters.table_arn,)),))

    def read_many(self) -> Need:
        """Let many items of recruiters be read at once: turns and refusals of centres, dossiers."""
        return Need(grants=((("dynamodb:BatchGetItem",), (self.recruiters.table_arn,)),))

    def ask_offers(self, *indexes: str) -> Need:
        """Let the offers table be asked by these indexes."""
        return _ask_table(self.offers, indexes)

    def ask_recruiters(self, *indexes: str) -> Need:
        """Let the recruiters table be asked by these indexes."""
        return _ask_table(self.recruiters, indexes)

    def dossiers(self, *actions: str) -> Need:
        """Let whole dossiers be erased (ERASE) or kept (KEEP), whatever they hold."""
        tables = self.recruiters.table_arn, self.offers.table_arn
        return Need(grants=((actions, tables),))

    def write_feed(self) -> Need:
        """Tell the feed bucket.

        Reading back is for compare-and-swap; listing and deleting for files the index forgot;
        aborting for large files that could not be written to their end; tagging for the pages of
        offers that ended, which the bucket lets go in time.
        """
        verbs = ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
        actions = tuple(f"s3:{verb}" for verb in verbs)
        objects = (actions, tuple(map(self.feed.arn_for_objects, (*PUBLISHED, TOLD))))
        tagging = (("s3:PutObjectTagging",), (self.feed.arn_for_objects(OFFERS),))
        listing = (("s3:ListBucket",), (self.feed.bucket_arn,))
        return Need({"FEED_BUCKET": self.feed.bucket_name}, (objects, tagging, listing))

    def write_counts(self) -> Need:
        """Let offers be counted: what changed of them read, the counts kept and told."""
        keys = ("statistics/*", "feed/v1/statistics.json")
        objects = [self.feed.arn_for_objects(key) for key in keys]
        counts = (("s3:GetObject", "s3:PutObject"), objects)
        listing = (("s3:ListBucket",), (self.feed.bucket_arn,))
        changed = self.ask_offers(schema.CHANGED_INDEX)
        many = (("dynamodb:BatchGetItem",), (self.offers.table_arn,))
        grants = (counts, listing, many, *changed.grants)
        return Need({"FEED_BUCKET": self.feed.bucket_name}, grants)

    def read_data(self) -> Need:
        """Tell the bucket of reference data, to read the catalogue of trainings."""
        return self._use_data("catalogue")

    def write_data(self) -> Need:
        """Tell the bucket of reference data, to import the catalogue into it."""
        return self._use_data("catalogue", write=True)

    def read_opcos(self) -> Need:
        """Tell the bucket of reference data, to look firms up in our copy of SIRO."""
        return self._use_data("opco/siro")

    def write_opcos(self) -> Need:
        """Tell the bucket of reference data, to import SIRO into it."""
        return self._use_data("opco/siro", write=True)

    def _use_data(self, folder: str, *, write: bool = False) -> Need:
        """Deleting is for old versions."""
        use = ("s3:GetObject", *(("s3:PutObject", "s3:DeleteObject") if write else ()))
        objects = (use, (self.data.arn_for_objects(f"{folder}/*"),))
        listing = (("s3:ListBucket",), (self.data.bucket_arn,))
        return Need({"DATA_BUCKET": self.data.bucket_name}, (objects, listing))

    def sign_links(self) -> Need:
        """Tell the secret that signs the links in mails."""
        return _read_secret("LINK_SECRET", self.link_secret)

    def know_partners(self) -> Need:
        """Tell the secret that holds the digests of partners' keys."""
        return _read_secret("PARTNER_SECRET", self.partner_secret)

    def api_key(self, api: ApiName) -> Need:
        """Tell the secret an API wants, if it wants one and the stage asks it."""
        secret = self.api_secrets.get(api)
        return _read_secret(f"{api.upper()}_SECRET", secret) if secret else Need()

    def bucket(
        self,
        name: str,
        *,
        versioned: bool = False,
        cors: list[s3.CorsRule] | None = None,
        rules: Sequence[s3.LifecycleRule] = (),
    ) -> s3.Bucket:
        """Make a private bucket that speaks TLS only."""
        tidy = s3.LifecycleRule(
            abort_incomplete_multipart_upload_after=Duration.days(1),
            noncurrent_version_expiration=Duration.days(30) if versioned else None,
        )
        return s3.Bucket(
            self,
            name,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=self._protect,  # the emulator has no TLS, and applies bucket policies
            versioned=versioned,
            cors=cors,
            lifecycle_rules=[tidy, *rules],
            removal_policy=self.removal,
        )

    def _table(self, name: str) -> dynamodb.TableV2:
        return dynamodb.TableV2(
            self,
            name,
            partition_key=_string(schema.PARTITION_KEY),
            sort_key=_string(schema.SORT_KEY),
            billing=dynamodb.Billing.on_demand(),
            dynamo_stream=dynamodb.StreamViewType[schema.STREAM_VIEW],
            time_to_live_attribute=schema.EXPIRES,
            global_secondary_indexes=[
                dynamodb.GlobalSecondaryIndexPropsV2(
                    index_name=index,
                    partition_key=_string(partition),
                    sort_key=_string(sort) if sort else None,
                    projection_type=dynamodb.ProjectionType.KEYS_ONLY,
                )
                for index, (partition, sort) in schema.INDEXES[name].items()
            ],
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self._protect,
            removal_policy=self.removal,
        )

    def _link_secret(self) -> secrets.Secret:
        return secrets.Secret(
            self,
            "LinkSecret",
            description="Keys that sign the links in mails; 'current' names the one in use.",
            generate_secret_string=secrets.SecretStringGenerator(
                secret_string_template=json.dumps({"current": "k1"}),
                generate_string_key="k1",
                password_length=64,
                exclude_punctuation=True,
            ),
            removal_policy=self.removal,
        )

    def _partner_secret(self) -> secrets.Secret:
        """Nobody's key is in it at first: the random text is the digest of none."""
        return secrets.Secret(
            self,
            "PartnerSecret",
            description="SHA-256 of each partner's key, by slug; two, with a space, at a change.",
            generate_secret_string=secrets.SecretStringGenerator(
                secret_string_template=json.dumps({}), generate_string_key="nobody"
            ),
            removal_policy=self.removal,
        )

    def _api_secret(self, api: ApiName) -> secrets.Secret:
        """Make the secret an API wants; its owner fills it in by hand."""
        key, *others = KEYS[api]
        return secrets.Secret(
            self,
            api_secret(api),
            description=f"Key to {api}, to be filled in by hand: {', '.join(KEYS[api])}.",
            generate_secret_string=secrets.SecretStringGenerator(
                secret_string_template=json.dumps(dict.fromkeys(others, "")),
                generate_string_key=key,
            ),
            removal_policy=self.removal,
        )


def _gone_rule() -> s3.LifecycleRule:
    """Let go of what stands for offers that ended: 410 for so long, then 404 as any wrong address.

    A page may have been printed, or shared.
    """
    return s3.LifecycleRule(
        prefix=OFFERS.removesuffix("*"),
        tag_filters={schema.GONE: "1"},
        expiration=Duration.days(90),
    )


def _string(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)


def _read_secret(variable: str, secret: secrets.Secret) -> Need:
    arn = secret.secret_arn
    return Need({variable: arn}, ((("secretsmanager:GetSecretValue",), (arn,)),))


def _use_table(variable: str, table: dynamodb.TableV2, *, write: bool) -> Need:
    use = ((*READ, WRITE) if write else READ, (table.table_arn,))
    return Need({variable: table.table_name}, (use,))


def _ask_table(table: dynamodb.TableV2, indexes: Sequence[str]) -> Need:
    asked = tuple(f"{table.table_arn}/index/{index}" for index in indexes)
    return Need(grants=((("dynamodb:Query",), asked),))

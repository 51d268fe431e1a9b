"""Where failure ends up: one queue for what could not be processed, one topic for who is on call.

One queue serves the stream mappings, the asynchronous invocations and the schedules. SQS rather
than S3 on purpose: a stream's failure message then holds only its position, so no personal data
leaves the tables.
"""

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import Stage


class Watch(Construct):
    """The failure queue, the alarm topic, and the only place an alarm is made."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.topic = sns.Topic(self, "Alarms", enforce_ssl=True)
        self.topic.add_to_resource_policy(_alarms_of_this_account(self.topic.topic_arn))
        if stage.alarm_mailbox:
            self.topic.add_subscription(subscriptions.EmailSubscription(stage.alarm_mailbox))
        self.failures = sqs.Queue(
            self, "Failures", enforce_ssl=True, retention_period=Duration.days(14)
        )
        self.alarm(
            "FailuresWaiting",
            self.failures.metric_approximate_number_of_messages_visible(),
            above=0,
            meaning="Events were given up: see infra/README.md, When an alarm rings.",
        )

    def alarm(
        self, name: str, metric: cloudwatch.IMetric, *, above: float, meaning: str
    ) -> cloudwatch.Alarm:
        """Ring as soon as ``metric`` exceeds ``above`` once; no data is good news."""
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=above,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=meaning,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        return alarm

    def silence(self, name: str, metric: cloudwatch.IMetric, *, meaning: str) -> cloudwatch.Alarm:
        """Ring when nothing at all was counted in ``metric`` for one period."""
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
            alarm_description=meaning,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        return alarm


def _alarms_of_this_account(topic: str) -> iam.PolicyStatement:
    """Let CloudWatch in: a policy of one's own replaces the default one, which did."""
    return iam.PolicyStatement(
        actions=["sns:Publish"],
        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        resources=[topic],
        conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
    )

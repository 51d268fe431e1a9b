"""Outgoing mail: the SES identity, the right to send as it, and where OPCOs read theirs."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.config import Stage
from infra.function import Need
from infra.layers import routing_layer


class Mail(Construct):
    """The sending domain; its DKIM records are to be published once (see the stack's outputs)."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._routing = routing_layer(self, stage)
        self.identity = ses.EmailIdentity(
            self, "Identity", identity=ses.Identity.domain(stage.mail_domain)
        )
        if not stage.emulated:
            self._tell_dkim()

    def _tell_dkim(self) -> None:
        for number, record in enumerate(self.identity.dkim_records, start=1):
            line = f"{record.name} CNAME {record.value}"
            CfnOutput(Stack.of(self), f"Dkim{number}", value=line)

    def send(self) -> Need:
        """Tell the sender's address and allow sending as it."""
        allowed = (("ses:SendEmail",), (self.identity.email_identity_arn,))
        return Need({"MAIL_SENDER": self._stage.mail_sender}, (allowed,))

    def opcos(self) -> Need:
        """Tell where each OPCO reads its mail, and how long it may take to answer."""
        days = str(self._stage.opco_reminder_days)
        return Need({"OPCO_REMINDER_DAYS": days}, layers=[self._routing])

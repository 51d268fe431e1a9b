"""Outgoing mail: the SES identity, the right to send as it, what returns, OPCOs' mailboxes."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_events as events
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
        self.returns = self._tell_returns()
        self.identity = ses.EmailIdentity(
            self,
            "Identity",
            identity=ses.Identity.domain(stage.mail_domain),
            configuration_set=self.returns,
        )
        if not stage.emulated:
            self._tell_dkim()

    def _tell_returns(self) -> ses.ConfigurationSet:
        """Have SES put on the default bus what becomes of mails: every one, by the identity."""
        made = ses.ConfigurationSet(self, "Returns")
        made.add_event_destination(
            "Bus",
            destination=ses.EventDestination.event_bus(
                events.EventBus.from_event_bus_name(self, "DefaultBus", "default")
            ),
            events=[ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
        )
        return made

    def _tell_dkim(self) -> None:
        for number, record in enumerate(self.identity.dkim_records, start=1):
            line = f"{record.name} CNAME {record.value}"
            CfnOutput(Stack.of(self), f"Dkim{number}", value=line)

    def send(self) -> Need:
        """Tell who writes and who reads replies; allow sending under the configuration set."""
        arns = self.identity.email_identity_arn, self._returns_arn
        allowed = (("ses:SendEmail",), arns)
        told = {
            "MAIL_SENDER": self._stage.mail_sender,
            "MAIL_CONTACT": self._stage.mail_contact or "",
        }
        return Need(told, (allowed,))

    @property
    def _returns_arn(self) -> str:
        name = self.returns.configuration_set_name
        return Stack.of(self).format_arn(
            service="ses", resource="configuration-set", resource_name=name
        )

    def opcos(self) -> Need:
        """Tell where each OPCO reads its mail, and how long it may take to answer."""
        days = str(self._stage.opco_reminder_days)
        return Need({"OPCO_REMINDER_DAYS": days}, layers=[self._routing])

    def cfas(self) -> Need:
        """Tell how long a training centre may stay silent."""
        return Need({"CFA_FOLLOW_UP_DAYS": str(self._stage.cfa_follow_up_days)})

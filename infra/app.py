"""Entry point of the CDK command line: ``cdk synth -c stage=prod``."""

from aws_cdk import App, Environment

from infra.config import Stage, load
from infra.privacy import require_contact
from infra.stack import Depot


def build(app: App, stage: Stage) -> Depot:
    """Add the stack of a stage. Raises ContactMissing."""
    require_contact(stage.name)
    env = Environment(account=stage.account, region=stage.region)
    return Depot(app, f"depot-{stage.name}", stage=stage, env=env)


def main() -> None:
    """Write the cloud assembly of the stage the context names, where the command line asks."""
    app = App()
    build(app, load(app.node.get_context("stage")))
    app.synth()


if __name__ == "__main__":
    main()

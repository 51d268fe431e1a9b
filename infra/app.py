"""Entry point of the CDK command line: ``cdk synth -c stage=prod``."""

from aws_cdk import App, Environment

from infra.config import load
from infra.stack import Depot


def build(app: App) -> Depot:
    """Add the stack of the stage named by the context key ``stage``."""
    stage = load(app.node.get_context("stage"))
    env = Environment(account=stage.account, region=stage.region)
    return Depot(app, f"depot-{stage.name}", stage=stage, env=env)


def main() -> None:
    """Write the cloud assembly where the command line asks for it."""
    app = App()
    build(app)
    app.synth()


if __name__ == "__main__":
    main()

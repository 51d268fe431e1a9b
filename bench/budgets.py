"""What a measure must reach; missing it is reported and fails the run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """A bound of a figure, at least or at ``most``.

    ``tolerated``: missed, for the reason docs/decisions.md gives, and no worse than this.
    """

    bound: float
    unit: str = "x"
    most: bool = False
    tolerated: float | None = None

    def __str__(self) -> str:
        """As it is printed."""
        return f"{'<=' if self.most else '>='} {self.bound:,g}{self.unit}"

    def holds(self, figure: float, bound: float | None = None) -> bool:
        """Whether a figure is within the budget, or within another bound."""
        bound = self.bound if bound is None else bound
        return figure <= bound if self.most else figure >= bound


@dataclass
class Report:
    """Figures, one a line; ``within`` while every budget holds."""

    within: bool = True

    def tell(self, what: str, detail: str) -> None:
        """Say what no budget is about."""
        _line(what, "", "", "", detail)

    def check(self, what: str, figure: float, budget: Budget, detail: str = "") -> None:
        """Say a figure beside its budget."""
        verdict = "" if budget.holds(figure) else "MISSED"
        if verdict and budget.tolerated is not None and budget.holds(figure, budget.tolerated):
            verdict = f"missed, tolerated to {budget.tolerated:,g}{budget.unit}: docs/decisions.md"
        self.within = self.within and verdict != "MISSED"
        digits = 0 if abs(figure) >= 100 else 2  # noqa: PLR2004 - three figures are enough
        _line(what, f"{figure:,.{digits}f}{budget.unit}", str(budget), verdict, detail)


def _line(what: str, figure: str, target: str, verdict: str, detail: str) -> None:
    print(f"  {what:<50} {figure:>9}  {target:<11} {verdict} {detail}".rstrip(), flush=True)

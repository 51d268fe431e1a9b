"""Choose by the label, as a finger does: in the DSFR the box itself lies under its label.

The browser clicks only once the label has stopped moving and nothing covers it. A forced click on
the box asks neither: one aimed before a firm's answer pushed the form down fell beside it.
"""

from playwright.sync_api import Locator, expect


def tick(box: Locator, *, ticked: bool = True) -> None:
    expect(box).to_be_attached()
    if box.is_checked() != ticked:
        box.page.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked(checked=ticked)

"""What a distribution says of its functions and its headers."""

PAGES_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def function_named(cloud, name):
    """A function as a behavior names it."""
    (logical,) = [found for found in cloud.of("CloudFront::Function") if f"Site{name}" in found]
    when = {"NotFound": "viewer-request", "Gone": "viewer-response"}[name]
    return {"EventType": when, "FunctionARN": {"Fn::GetAtt": [logical, "FunctionARN"]}}

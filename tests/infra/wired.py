"""What wakes which function."""

# How often a batch that fails is tried again. The sweep takes up what the first two give up; the
# feed has an hourly comparison only, so it insists until the record is too old.
STREAMS = {"manage_offers": 3, "notify_opco": 3, "match_cfa": 3, "publish_feed": 10_000}


def failures(cloud):
    (queue,) = cloud.of("SQS::Queue")
    return {"Fn::GetAtt": [queue, "Arn"]}

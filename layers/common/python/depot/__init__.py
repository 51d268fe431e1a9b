"""depot: deposit an apprenticeship need.

Tell its OPCO, ask the training centres, publish the feed.
"""

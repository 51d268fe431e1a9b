"""The AWS side of depot as a CDK app. Of our own code it imports ``depot.storage.schema`` only."""

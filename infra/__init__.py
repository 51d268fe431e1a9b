"""The AWS side of depot as a CDK app; of our own code it imports ``depot.storage.schema`` and nothing else."""

"""DynamoDB and S3. ``schema`` alone imports nothing, for the CDK app."""

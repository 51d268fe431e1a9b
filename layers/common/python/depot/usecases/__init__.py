"""What the service does, one room per subject.

Each Lambda function has a use case of its own name.
"""

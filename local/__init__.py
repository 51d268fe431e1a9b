"""`make local`: the real CDK app deployed to an emulator on this machine, nothing sent anywhere."""

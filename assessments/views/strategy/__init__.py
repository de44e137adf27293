"""The pages of strategies and their editions."""

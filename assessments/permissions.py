"""Who may write, adopt and publish assessments and strategies, and keep what they rest on."""

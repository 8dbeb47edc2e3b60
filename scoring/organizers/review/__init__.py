"""A review of documents: taking them in, coding them, giving them to reviewers, and telling whose they are."""

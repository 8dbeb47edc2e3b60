"""The verbs of a review of documents: coding, reviewers and rulings."""

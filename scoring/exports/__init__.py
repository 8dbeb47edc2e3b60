"""Files to take away: the ranking as a spreadsheet and as CSV, from the board's record."""

from scoring.exports.csv_file import ranking_csv
from scoring.exports.overall import overall_xlsx
from scoring.exports.spreadsheet import ranking_xlsx

__all__ = ["overall_xlsx", "ranking_csv", "ranking_xlsx"]

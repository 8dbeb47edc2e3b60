"""Files to take away: the ranking as a spreadsheet and as CSV, from the board's record."""

from scoring.exports.csv_file import csv_lines, ranking_csv
from scoring.exports.overall import overall_xlsx
from scoring.exports.spreadsheet import ranking_xlsx
from scoring.exports.words import named

#: The kind of file that a workbook is, as HTTP names it.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = ["XLSX", "csv_lines", "named", "overall_xlsx", "ranking_csv", "ranking_xlsx"]

"""The day itself: the desk and the pages of those who run a contest with it."""

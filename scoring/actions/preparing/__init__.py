"""The verbs before the day: lists, relations, offices, codes and the rehearsal."""

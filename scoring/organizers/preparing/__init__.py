"""Before the day: lists, seats and their cards, recusal relations, events and awards."""

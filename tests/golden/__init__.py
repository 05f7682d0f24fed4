"""Other people's answers: one runner for every golden case of a kind that placedex knows."""

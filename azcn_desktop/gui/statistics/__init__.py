"""Trade statistics on screen: the table of flows, its charts and the mirror of what two countries report."""

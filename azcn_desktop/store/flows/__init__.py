"""Trade flows, of which there are millions: how they are written in bulk, found, sorted, summed and edited."""

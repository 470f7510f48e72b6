"""Learning the weights of the zones from labelled pages; nothing here is needed to read a page."""

"""Learn the weights of extraction from labelled pages; nothing here is needed to extract a page."""

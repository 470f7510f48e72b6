"""Host profiles: facts learnt from many pages of a host (boilerplate, site name, place of stories) for extraction."""

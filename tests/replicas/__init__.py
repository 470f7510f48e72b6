"""Made-up portals in the manner of real CMSs, one a family and one a trap, and the figures of crawls of them."""

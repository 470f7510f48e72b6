"""Chinese as news pages write it: tables of cues, labels and names, and the grammar of dates and signatures."""

"""What several rooms show: people, drafts, rulings, answers. It opens nothing and decides nothing."""

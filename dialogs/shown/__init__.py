"""What several rooms display alike: people, drafts, rulings, answers. It grants no access and decides nothing."""

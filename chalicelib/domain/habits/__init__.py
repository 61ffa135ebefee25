"""What is learnt of people: when they read, what they do with mail, and what to do next."""

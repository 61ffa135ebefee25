"""What comes in: answers, automatic ones, bounces, complaints; which mail they are about and what they mean."""

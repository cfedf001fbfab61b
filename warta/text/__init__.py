"""What is read off a text itself: its cleaned form, sentences, quotation marks, word forms, day and outlet."""

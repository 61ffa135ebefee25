"""What a mail is made of, by position: header fields, parts, encodings, and the addresses at which we receive."""

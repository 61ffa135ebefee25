"""What goes out: the links and the pixel put into a mail, every other byte left as it was."""

"""What pages read, one function a page."""

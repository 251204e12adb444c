"""Server-rendered pages for people; they work without JavaScript."""

"""What the program remembers between runs: SQLite files in the state folder."""

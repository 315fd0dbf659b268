"""What a person looks at, as rows read from the store: commands print them, pages show them."""

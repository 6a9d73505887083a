"""A seat of those who hold the key: it makes its share, follows every archive, and decrypts a right sum once."""

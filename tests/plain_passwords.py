"""Passwords without the slow hash, for tests of what happens around them."""


class PlainPasswords:
    """The hash of a password is the password with a mark."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, password: str, password_hash: str) -> bool:
        return password_hash == self.hash(password)


def counted_bytes(length: int) -> bytes:
    """Bytes as unpredictable as a test wants them."""
    return bytes(range(length))

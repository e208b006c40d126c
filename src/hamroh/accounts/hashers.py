"""How passwords are hashed."""

import os
import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

#: each hash takes 64 MiB: a crowd at the door waits here instead of filling the machine's memory
ROOM = threading.BoundedSemaphore(os.cpu_count() or 1)


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 64 MiB, three passes and one lane; never more at once than the machine has cores."""

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with ROOM:
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        with ROOM:
            fits: bool = super().verify(password, encoded)
        return fits

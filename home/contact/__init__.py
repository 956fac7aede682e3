"""The help form: what readers write is kept, mailed to the academy and erased after some time."""

"""Addresses that belong to the portal as a whole: its front, its files, what machines ask for."""

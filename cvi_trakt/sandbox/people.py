"""Whose data a path names, and whether the caller may see or change it."""

from __future__ import annotations

from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.world import World, refusal, signed_in, viewer


def readable_account(world: World, user: str) -> Account:
    """Give the account whose data the caller may read: their own, or a public one.

    A private account answers like one that does not exist, as on Trakt.
    """
    if user == "me":
        return signed_in()
    account = world.state.accounts.get(user)
    if account is None or (account.private and account is not viewer()):
        raise refusal(404, "not_found")
    return account


def own_account(user: str) -> Account:
    """Give the caller's own account; a path that names another one ends the request."""
    account = signed_in()
    if user not in ("me", account.slug):
        raise refusal(403, "forbidden", "This belongs to another user.")
    return account

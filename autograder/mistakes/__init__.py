"""Misconceptions that several families of networks share."""

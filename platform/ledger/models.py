from __future__ import annotations

from django.db import models

from ledger.domain.chain import Link, Sealed, actor_seal


class Chain(models.Model):
    """The end of a subject's chain: its row is the lock under which the next entry is written."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_chain_per_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class Entry(models.Model):
    """One act, forever. Triggers of the database refuse every change and deletion."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    # A number and no foreign key: erasing an account must not touch what happened.
    actor_id = models.BigIntegerField(null=True)
    # Of this entry alone: what is sealed and shown is the hash of both (domain.chain.actor_seal).
    actor_salt = models.CharField(max_length=32)
    office = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "seq"], name="one_entry_per_place_in_chain")
        ]
        indexes = [
            models.Index(fields=["verb", "at"], name="entry_verb_at"),
            # The viewer: newest first, by what it is asked for.
            models.Index(fields=["-at", "-id"], name="entry_newest"),
            models.Index(fields=["subject_type", "-at", "-id"], name="entry_kind_newest"),
            models.Index(fields=["actor_id", "-at", "-id"], name="entry_actor_newest"),
            models.Index(fields=["office", "-at", "-id"], name="entry_office_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} #{self.seq} {self.verb}"

    def sealed(self) -> Sealed:
        """The entry as the domain checks it."""
        link = Link(
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            seq=self.seq,
            at=self.at,
            actor=actor_seal(self.actor_id, self.actor_salt),
            office=self.office,
            verb=self.verb,
            payload=self.payload,
        )
        return Sealed(link=link, previous=self.previous, digest=self.digest)

import hashlib
import hmac

import pytest

from residents.domain.fingerprint import fingerprints, wrap

NIK = "3173071708900001"
OLD, NEW = b"o" * 32, b"n" * 32


def test_the_first_version_is_a_plain_hmac():
    assert fingerprints(NIK, [OLD]) == (hmac.new(OLD, NIK.encode(), hashlib.sha256).hexdigest(),)


def test_what_is_stored_is_brought_under_a_new_key_without_the_number():
    (stored,) = fingerprints(NIK, [OLD])
    assert fingerprints(NIK, [OLD, NEW]) == (stored, wrap(stored, NEW))


def test_other_numbers_and_other_keys_differ():
    made = {fingerprints(digits, [key])[-1] for digits in (NIK, NIK[:-1] + "2") for key in (OLD, NEW)}
    assert len(made) == 4


@pytest.mark.parametrize("peppers", [[], [b"short"], [OLD, b"short"]])
def test_no_key_or_a_short_one_is_refused(peppers):
    with pytest.raises(ValueError, match="pepper"):
        fingerprints(NIK, peppers)

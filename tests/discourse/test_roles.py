"""Names by which members are meant: `role: members` of annotation.md."""

from __future__ import annotations

import pytest

from helpers import rules


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("States members of the CIS", "org:CIS"),
        ("the Member States of the United Nations", "org:UN"),
        ("States parties to the Chemical Weapons Convention", "treaty:CWC"),
        ("NATO member States", "org:NATO"),
        ("государства – члены ОДКБ", "org:CSTO"),
        ("государств-участников ДНЯО", "treaty:NPT"),
        ("страны – члены ШОС", "org:SCO"),
    ],
    ids=ascii,
)
def test_the_members_are_meant(text: str, identifier: str):
    (mention,) = rules().extract(text).mentions
    assert (mention.id, mention.role) == (identifier, "members")


@pytest.mark.parametrize(
    "text",
    ["the CIS met", "the Charter of the United Nations", "ДНЯО и КХО", "members of the public and NATO"],
    ids=ascii,
)
def test_the_body_itself_is_meant(text: str):
    mentions = rules().extract(text).mentions
    assert mentions
    assert {mention.role for mention in mentions} == {None}

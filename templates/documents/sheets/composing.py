"""Combines a sheet as it was sent with later entries into a paper. It only rearranges data; nothing is worded here."""

from collections.abc import Sequence
from dataclasses import replace

from templates.documents.blocks import (
    Blank,
    Block,
    Entry,
    Paper,
    Paragraph,
    Sheet,
    SignatureBlock,
    Signatures,
    SignatureSlot,
    SignatureSlots,
    Slot,
)


def composed(sheet: Sheet, fingerprint: str, entries: Sequence[Entry] = ()) -> Paper:
    """The paper with every entry in its place. `entries`: comments in the order in which they were made, then the
    ruling.
    """
    blocks: list[Block] = []
    for block in sheet.blocks:
        match block:
            case Slot():
                blocks += _filled(block, sheet, entries)
            case SignatureSlot():
                blocks = [*_kept(blocks), _signed(block, sheet, entries)]
            case SignatureSlots(signers=(first, second)):
                blocks = [*_kept(blocks), Signatures((_signer(first, sheet, entries), _signer(second, sheet, entries)))]
            case SignatureBlock() | Signatures():
                blocks = [*_kept(blocks), block]
            case _:
                blocks.append(block)
    return replace(
        sheet.paper,
        blocks=tuple(blocks),
        footer=_footer(sheet, fingerprint, entries),
        fingerprint="" if sheet.paper.draft else fingerprint,
    )


def _filled(slot: Slot, sheet: Sheet, entries: Sequence[Entry]) -> list[Block]:
    """The blocks of a slot. Each comment is followed by a confirmation, except the last one under a section, which is
    signed below.
    """
    written: list[Block] = []
    comments = _comments_at(slot.section, slot.item, sheet, entries)
    for number, one in enumerate(comments, start=1):
        written += one.comment
        if slot.item or number < len(comments):
            written += one.confirmed
    here = (slot.section, slot.item)
    ruled = [
        block for one in entries for said in one.ruled if (said.section, said.item) == here for block in said.blocks
    ]
    if ruled and slot.takes == "rating":
        return [*written, *ruled]
    return [*((*written, *ruled) or slot.empty), *slot.below]


def _signer(place: SignatureBlock | SignatureSlot, sheet: Sheet, entries: Sequence[Entry]) -> SignatureBlock:
    return _signed(place, sheet, entries) if isinstance(place, SignatureSlot) else place


def _signed(slot: SignatureSlot, sheet: Sheet, entries: Sequence[Entry]) -> SignatureBlock:
    """The signature: of whoever decided, where they sign; otherwise of the last commenter under the section; otherwise
    empty.
    """
    rulings = [one for one in entries if one.footer] if slot.ruling else []
    last = next(reversed(rulings or _comments_at(slot.section, "", sheet, entries)), None)
    if last is None or last.signed is None:
        return SignatureBlock(slot.date, slot.title, slot.note)
    return SignatureBlock(last.signed.date, slot.title, slot.note, last.signed.name, last.signed.marks)


def _comments_at(section: str, item: str, sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    return [one for one in entries if one.role and sheet.places.get(one.role) == (section, item)]


def _kept(blocks: Sequence[Block]) -> list[Block]:
    """Keep signatures on a page with some text: the last paragraph, and dotted lines with their title, stay together
    with them.
    """
    kept = list(blocks)
    for place in reversed(range(len(kept))):
        block = kept[place]
        if not isinstance(block, (Paragraph, Blank)):
            break
        kept[place] = replace(block, keep=True)
        if isinstance(block, Paragraph) and block.style != "hint":
            break
    return kept


def _footer(sheet: Sheet, fingerprint: str, entries: Sequence[Entry]) -> tuple[str, str]:
    short = " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))
    earlier = next((one.earlier for one in entries if one.earlier), "")
    return (
        sheet.paper.footer[0] + "".join(one.footer for one in entries),
        sheet.mark.format(short=short, full=fingerprint) + earlier,
    )

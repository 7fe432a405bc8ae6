"""What ffmpeg's messages mean: one table."""

from __future__ import annotations

import re
from enum import Enum, auto

THE_FILE = "FILE"  # stands for the file's name in a message: a name may hold the words of any message


class Meaning(Enum):
    """What a message says about the file."""

    HARMLESS = auto()  # nothing, however much it looks like an error
    NOT_READ = auto()  # the disk or the network failed
    DAMAGE = auto()  # it is damaged
    REFUSED = auto()  # a part of it was refused: damage, when other parts were decoded
    NOT_OPENED = auto()  # it could not be opened as a video
    NOT_THIS_FORMAT = auto()  # nothing but the extension speaks for its format
    NO_DECODER = auto()  # ffmpeg cannot decode what is in it
    NO_STREAM = auto()  # there is neither picture nor sound in it
    LOST_PACKETS = auto()  # packets of a recording are missing; between two recordings that is no damage
    REFERENCES = auto()  # pictures lack those before them; at the beginning of a recording that is usual
    NO_FRAME = auto()  # nothing of a stream was decoded
    DOUBT = auto()  # something is wrong, and it need not be damage


UNUSUAL = "ffmpeg found something unusual"

# What is meant, the reason in words, and how the messages read: a pattern a line. The first row that fits
# counts. It holds for what ffmpeg calls a warning, too; a warning that fits no row is ignored, an error that
# fits none is DOUBT. Contexts are in brackets, without addresses: `[h264] no frame!`, `[in#0/mpegts] ...`.
# Gathered with ffmpeg 5.1 and 9.0 on intact files and on damaged copies of them.
_ROWS = (
    (
        Meaning.HARMLESS,
        "timestamps are untidy, or there is something that ffmpeg does not know",
        r"""
        non.monoton
        Application provided (?:duration|timestamp|invalid)
        DTS .*out of order
        [Ii]nvalid DTS
        pts has no value
        (?:missing|unset|unknown|no) (?:PTS|timestamp)
        [Tt]imestamps are unset
        first pts.* must be set
        Queue input is backward in time
        Late SEI
        SEI type \d+ size \d+ truncated
        upload a sample
        Unsupported codec with id
        [Uu]nknown stream
        corrupt input packet in stream
        Header packet passed to frame decoder
        midstream reconfiguration with multithreading
        """,  # "corrupt input packet": its demuxer has said the same before
    ),
    (
        Meaning.NOT_READ,
        "the disk or the network failed while it was read",
        rf"""
        \bRead error
        (?:{THE_FILE}|Error opening input|Error during demuxing).*: (?:Remote I/O|Input/output) error
        (?:{THE_FILE}|Error opening input|Error during demuxing).*: (?:Permission denied|No such (?:file|device))
        (?:{THE_FILE}|Error opening input|Error during demuxing).*: (?:Stale file handle|Host is down)
        (?:{THE_FILE}|Error opening input|Error during demuxing).*: (?:Transport endpoint is not|Connection .*)
        """,
    ),
    (Meaning.DAMAGE, "it is not complete: its index (moov atom) is missing", "moov atom not found"),
    (
        Meaning.LOST_PACKETS,
        "parts of the recording are missing, as after bad reception",
        r"\[(?:in#\d+/)?mpegts\] (?:Packet corrupt|PES packet size mismatch)",
    ),
    (
        Meaning.DAMAGE,
        "it is cut off, or parts of it are missing",
        r"""
        File ended prematurely
        partial file
        Packet corrupt
        max resync size reached
        """,
    ),
    (
        Meaning.DAMAGE,
        "its structure is damaged",
        r"""
        EBML header parsing failed
        first byte of an EBML number
        EBML number's first byte
        exceeds containing master element
        Error parsing frame sizes
        CRC mismatch!
        """,
    ),
    (
        Meaning.DAMAGE,
        "pictures in it are damaged",
        r"""
        error while decoding MB
        concealing \d+
        corrupted macroblock
        cabac decode of
        Invalid NAL unit size
        missing picture in access unit
        Error splitting the input into NAL units
        Error at MB
        (?:ac.tex|mb incr|m?cbp[cy]|header) damaged
        slice mismatch
        slice below image
        end mismatch
        [Ii]nvalid mb type
        [Ii]nvalid cbp
        illegal (?:ac|dc|MB)
        run overflow
        skipped MB in I-frame
        invalid plane data size
        Error parsing OBU data
        Invalid frame marker
        """,
    ),
    (Meaning.DAMAGE, "pictures or sound in it are damaged", "corrupt decoded frame"),
    (Meaning.DAMAGE, "its sound is damaged", "error decoding the audio block"),
    (
        Meaning.REFUSED,
        "parts of it cannot be decoded",
        r"""
        (?:Error while decoding stream|Error submitting packet to decoder|Decoding error).*: Invalid data found
        Error during demuxing: Invalid data found
        Decode error rate .* exceeds
        """,
    ),
    (
        Meaning.NO_DECODER,
        "this ffmpeg has no decoder for it",
        r"""
        no decoder found for
        Decoder .*not found for input
        """,
    ),
    (
        Meaning.NO_STREAM,
        "it holds neither picture nor sound",
        r"""
        does not contain any stream
        Error opening output
        """,
    ),
    (Meaning.NOT_THIS_FORMAT, "it is not a video", "detected only with low score of 1,"),
    (
        Meaning.NOT_OPENED,
        "it is not a video, or its beginning is damaged",
        rf"""
        {THE_FILE}: Invalid data found
        Error opening input
        """,
    ),
    (
        Meaning.REFERENCES,
        "pictures in it need others that are missing",
        r"""
        non-existing [PS]PS
        [PS]PS id out of range
        sps_id \d+ out of range
        decode_slice_header error
        no frame!
        co located POCs unavailable
        reference picture missing
        [Mm]issing reference picture
        mmco: unref short
        Could not find ref with POC
        number of reference frames
        illegal short term buffer
        Frame num gap
        Invalid frame dimensions 0x0
        first frame is no keyframe
        MVs not available
        """,
    ),
    (
        Meaning.NO_FRAME,
        "nothing in it, or in one of its streams, can be decoded",
        r"""
        Output file is empty
        Cannot determine format of input
        Could not open encoder before EOF
        """,
    ),
)
_TABLE = tuple(
    (meaning, reason, re.compile("|".join(line.strip() for line in patterns.strip().splitlines())))
    for meaning, reason, patterns in _ROWS
)


def meaning_of(message: str, *, is_error: bool) -> tuple[Meaning, str]:
    """Look a message up; gives what it means, and that in words as a reason.

    ``message`` has its contexts without addresses, and ``FILE`` for the file's name. ``is_error``
    says whether ffmpeg called it an error rather than a warning.
    """
    for meaning, reason, pattern in _TABLE:
        if pattern.search(message):
            return meaning, reason
    return (Meaning.DOUBT, UNUSUAL) if is_error else (Meaning.HARMLESS, "")

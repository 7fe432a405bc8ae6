"""The odd and good videos of the damage suite that ffmpeg writes by itself: one line a file.

A line that is not indented names in which way the files below it are odd. A line of a file has its
name, with ``|`` before it when it is written into a pipe, and ffmpeg's arguments, in which

- ``SOURCE`` is the uncoded source of all bases, other words in capitals are short for options,
- ``{mp4-h264-aac}`` is the file of a base, ``<cover.jpg>`` a small file made for this,
- ``@open-gop/h264.mkv`` is another file of this table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from damage_bases import AUDIO, BASES, EVERY, VIDEO

_TABLE = r"""
variable frame rate
    vfr.mp4                   -i SOURCE GAPS H264 AAC
    vfr.mkv                   -i SOURCE GAPS H264 AAC
    vfr.mov                   -i SOURCE GAPS H264 AAC
    vfr.avi                   -i SOURCE GAPS MPEG4 MP3
    vfr.ts                    -i SOURCE GAPS H264 AAC
    vfr.flv                   -i SOURCE GAPS H264 AAC
    vfr.wmv                   -i SOURCE GAPS WMV2 WMA
    vfr.webm                  -i SOURCE GAPS VP9 OPUS
edit list
    between-keyframes.mp4     -ss 3.3 -i {mp4-h264-aac} -map 0 -c copy
    between-keyframes.mov     -ss 3.3 -i {mov-h264-pcm} -map 0 -c copy
    between-keyframes-2.mp4   -ss 5.5 -i {mp4first-hevc-ac3} -map 0 -c copy -tag:v hvc1
    picture-later.mp4         -itsoffset 0.7 -i {mp4-h264-aac} -i {mp4-h264-aac} -map 0:v -map 1:a -c copy
    sound-later.mp4           -itsoffset 0.7 -i {mp4-h264-aac} -i {mp4-h264-aac} -map 1:v -map 0:a -c copy
    sound-later.mov           -itsoffset 0.7 -i {mov-h264-pcm} -i {mov-h264-pcm} -map 1:v -map 0:a -c copy
    none.mp4                  -i {mp4-h264-aac} -c copy -use_editlist 0
    negative-offsets.mp4      -i {mp4-h264-aac} -c copy -movflags +negative_cts_offsets
fragmented
    plain.mp4                 -i {mp4-h264-aac} -c copy -movflags +frag_keyframe+empty_moov
    moof-based.mp4            -i {mp4-h264-aac} -c copy -movflags +frag_keyframe+empty_moov+default_base_moof
    dash.mp4                  -i {mp4-hevc-flac} -c copy -movflags +dash+frag_keyframe+delay_moov -strict -2
    cmaf.mp4                  -i {mp4-h264-aac} -c copy -movflags +cmaf+frag_keyframe+negative_cts_offsets
    first-part-in-moov.mp4    -i {mp4-h264-aac} -c copy -movflags +frag_keyframe
    half-seconds.mp4          -i {mp4-h264-aac} -c copy -movflags +empty_moov -frag_duration 500000
    every-frame.mp4           -i {mp4-h264-aac} -c copy -movflags +empty_moov+frag_every_frame
    one-track-each.mp4        -i {mp4-h264-aac} -c copy -movflags +frag_keyframe+empty_moov+separate_moof
    plain.mov                 -i {mov-h264-pcm} -c copy -movflags +frag_keyframe+empty_moov
attached picture
    cover.mkv                 -i {mkv-h264-aac} -c copy -attach <cover.jpg> JPEG
    cover.mp4                 -i {mp4-h264-aac} -i <cover.png> -map 0 -map 1 -c copy -disposition:v:1 attached_pic
    cover.mov                 -i {mp4-h264-aac} -i <cover.jpg> -map 0 -map 1 -c copy -disposition:v:1 attached_pic
    sound-only.mp4            -i {mp4-h264-aac} -i <cover.jpg> -map 0:a -map 1 -c copy -disposition:v:0 attached_pic
    sound-only.mkv            -i {mkv-h264-aac} -map 0:a -c copy -attach <cover.jpg> JPEG
    font.mkv                  -i {mkv-h264-aac} -c copy -attach <font.ttf> -metadata:s:t mimetype=font/ttf
open GOP
    h264.mkv                  -i SOURCE H264 OPEN AAC
    h264.mp4                  -i SOURCE H264 OPEN AAC
    h264.ts                   -i SOURCE H264 OPEN AAC
    hevc.mkv                  -i SOURCE HEVC OPEN_HEVC AAC
    hevc.ts                   -i SOURCE HEVC OPEN_HEVC AAC
open GOP, cut at its start
    h264.mkv                  -ss 4.1 -i @open-gop/h264.mkv -c copy
    h264.mp4                  -ss 4.1 -i @open-gop/h264.mp4 -c copy
    h264.ts                   -ss 4.1 -i @open-gop/h264.ts -c copy
    hevc.mkv                  -ss 4.1 -i @open-gop/hevc.mkv -c copy
    hevc.ts                   -ss 4.1 -i @open-gop/hevc.ts -c copy
    mpeg2.mkv                 -ss 4.1 -i {mkv-mpeg2-dts} -c copy
    mpeg2.ts                  -ss 4.1 -i {mkv-mpeg2-dts} -map 0:v -c copy
    mpeg2.mpg                 -ss 4.1 -i {mkv-mpeg2-dts} -map 0:v -c copy
pictures in an unusual order
    refreshed-by-parts.mkv    -i SOURCE H264 -x264-params intra-refresh=1 AAC
    refreshed-by-parts.ts     -i SOURCE H264 -x264-params intra-refresh=1 AAC
    b-pyramid.mkv             -i SOURCE H264 -x264-params bframes=8:b-pyramid=normal:ref=6 AAC
    b-pyramid.mp4             -i SOURCE H264 -x264-params bframes=8:b-pyramid=strict:ref=6 AAC
    b-pyramid.avi             -i SOURCE H264 -x264-params bframes=8:b-pyramid=normal:ref=6 MP3
    packed.avi                -i SOURCE XVID MP3
    hidden.webm               -i SOURCE -t 5 VP9 -deadline good -auto-alt-ref 1 -lag-in-frames 16 OPUS
timecode track
    last.mov                  -i {mov-h264-pcm} -c copy -timecode 01:00:00:00
    last.mp4                  -i {mp4-h264-aac} -c copy -timecode 10:11:12:13
    first.mp4                 -i {mp4-h264-aac} -c copy -timecode 10:11:12:13 -movflags +faststart
    within.mpg                -i SOURCE MPEG2 MP2 -timecode 00:00:10:00
live, without a duration
    |h264.mkv                 -i {mkv-h264-aac} -c copy -f matroska -live 1
    |hevc.mkv                 -i {mkv-hevc-ac3} -c copy -f matroska
    |vp9.webm                 -i {webm-vp9-opus} -c copy -f webm
    |vp8.webm                 -i {webm-vp8-vorbis} -c copy -f webm -live 1
    |h264.flv                 -i {flv-h264-aac} -c copy -f flv
    |bare.flv                 -i {flv-h264-aac} -c copy -f flv -flvflags no_metadata+no_duration_filesize
    |mpeg4.avi                -i {avi-mpeg4-mp3} -c copy -f avi
    |wmv2.wmv                 -i {wmv-wmv2-wma} -c copy -f asf
    |h264.mp4                 -i {mp4-h264-aac} -c copy -f mp4 -movflags +frag_keyframe+empty_moov
    |mpeg2.mpg                -i {mpg-mpeg2-mp2} -c copy -f mpeg
    |theora.ogv               -i {ogv-theora-vorbis} -c copy -f ogg
subtitles
    srt.mkv                   -i {mkv-h264-aac} -i <text.srt> -map 0 -map 1 -c copy -c:s srt
    ass.mkv                   -i {mkv-h264-aac} -i <text.srt> -map 0 -map 1 -c copy -c:s ass
    text.mp4                  -i {mp4-h264-aac} -i <text.srt> -map 0 -map 1 -c copy -c:s mov_text
    text.mov                  -i {mp4-h264-aac} -i <text.srt> -map 0 -map 1 -c copy -c:s mov_text
    vtt.webm                  -i {webm-vp9-opus} -i <text.srt> -map 0 -map 1 -c copy -c:s webvtt
    after-the-end.mkv         -i {mkv-h264-aac} -i <late.srt> -map 0 -map 1 -c copy -c:s srt
    after-the-end.mp4         -i {mp4-h264-aac} -i <late.srt> -map 0 -map 1 -c copy -c:s mov_text
more, or less, than one picture and one sound
    chapters.mkv              -i {mkv-h264-aac} -i <chapters.txt> -map_metadata 1 -map 0 -c copy
    chapters.mp4              -i {mp4-h264-aac} -i <chapters.txt> -map_metadata 1 -map 0 -c copy
    three-sounds.mkv          -i {mkv-h264-aac} -i {mkv-hevc-ac3} -i {mkv-vp9-flac} -map 0 -map 1:a -map 2:a -c copy
    two-sounds.mp4            -i {mp4-h264-aac} -i {mp4first-hevc-ac3} -map 0 -map 1:a -c copy
    two-sounds.ts             -i {ts-h264-aac} -i {ts-hevc-ac3} -map 0 -map 1:a -c copy
    two-sounds.avi            -i {avi-mpeg4-mp3} -i {avi-h264-ac3} -map 0 -map 1:a -c copy
    two-pictures.mkv          -i {mkv-h264-aac} -i {mkv-hevc-ac3} -map 0 -map 1:v -c copy
    two-programs.ts           -i {ts-h264-aac} -i {ts-mpeg2-mp2} -map 0 -map 1 -c copy PROGRAMS
    data.ts                   -i {ts-h264-aac} -f data -i <data.bin> -map 0 -map 1 -c copy
    no-sound.mp4              -i {mp4-h264-aac} -map 0:v -c copy
    no-sound.mkv              -i {mkv-h264-aac} -map 0:v -c copy
    no-sound.avi              -i {avi-mpeg4-mp3} -map 0:v -c copy
    no-sound.ts               -i {ts-h264-aac} -map 0:v -c copy
    no-picture.mp4            -i {mp4-h264-aac} -map 0:a -c copy
    no-picture.mkv            -i {mkv-h264-aac} -map 0:a -c copy
less usual pictures and sound
    interlaced.mkv            -i SOURCE H264 -x264-params tff=1 AAC
    interlaced.ts             -i SOURCE H264 -x264-params tff=1 AAC
    interlaced.mpg            -i SOURCE MPEG2 -flags +ildct+ilme MP2
    interlaced-mpeg2.ts       -i SOURCE MPEG2 -flags +ildct+ilme MP2
    interlaced.avi            -i SOURCE MPEG4 -flags +ildct+ilme MP3
    ten-bits.mkv              -i SOURCE H264 -pix_fmt yuv420p10le AAC
    hdr.mkv                   -i SOURCE HEVC HDR EAC3
    hdr.mp4                   -i SOURCE HEVC HDR EAC3 -tag:v hvc1
    lossless.mkv              -i SOURCE -t 2 -c:v libx264 -preset veryfast -qp 0 -pix_fmt yuv444p FLAC
    film-grain.mkv            -i SOURCE AV1 -svtav1-params lp=1:film-grain=8 OPUS
    realtime.mkv              -i SOURCE -t 2 -c:v libaom-av1 -cpu-used 8 -usage realtime -b:v 1200k AAC
    rotated.mp4               -i {mp4-h264-aac} -c copy -metadata:s:v rotate=90
    rotated.mov               -i {mov-h264-pcm} -c copy -metadata:s:v rotate=270
    six-channels.mkv          -i SOURCE H264 SIX AC3
    six-channels.mp4          -i SOURCE H264 SIX AAC
    index-first.mov           -i {mov-h264-pcm} -c copy -movflags +faststart
    latm.ts                   -i {ts-h264-aac} -c copy -mpegts_flags latm
    clock-starts-again.ts     -i {ts-h264-aac} -c copy -output_ts_offset 95440 -muxdelay 0
black and silent
    h264.mp4                  BLACK H264 AAC
    h264.mkv                  BLACK H264 AAC
    h264.ts                   BLACK H264 AAC
    h264.flv                  BLACK H264 AAC
    h264.avi                  BLACK H264 MP3
    hevc.mkv                  BLACK HEVC FLAC
    mpeg2.mpg                 BLACK MPEG2 MP2
    mpeg4.avi                 BLACK MPEG4 PCM
    vp9.webm                  BLACK VP9 OPUS
    wmv2.wmv                  BLACK WMV2 WMA
silence
    pcm.mov                   -i SOURCE SILENCE -map 0:v -map 1:a H264 PCM
    pcm.avi                   -i SOURCE SILENCE -map 0:v -map 1:a MPEG4 PCM
    pcm.mkv                   -i SOURCE SILENCE -map 0:v -map 1:a H264 PCM
    sparse.webm               -i {webm-vp9-opus} SILENCE -map 0:v -map 1:a OPUS -dtx 1 -application voip -c:v copy
    sparse.mkv                -i {mkv-h264-aac} SILENCE -map 0:v -map 1:a OPUS -dtx 1 -application voip -c:v copy
slideshow
    slow.mp4                  -loop 1 -framerate 1 -i <cover.png> -t 40 H264 -pix_fmt yuv420p
    slow.mkv                  -loop 1 -framerate 1 -i <cover.png> SILENCE -t 40 -shortest H264 AAC -pix_fmt yuv420p
    still.mp4                 -loop 1 -framerate 24 -i <cover.png> -t 30 H264 -pix_fmt yuv420p
    one-picture.mp4           -i <cover.png> SILENCE H264 AAC -pix_fmt yuv420p
    one-picture.mkv           -i <cover.png> SILENCE H264 AAC -pix_fmt yuv420p
padding
    free-before.mp4           -i {mp4-h264-aac} -c copy -moov_size 100000
    void.mkv                  -i {mkv-h264-aac} -c copy -reserve_index_space 70000
    cues-first.mkv            -i {mkv-h264-aac} -c copy -cues_to_front 1
    constant-rate.mpg         -i {mpg-mpeg2-mp2} -c copy -muxrate 4000k
    null-packets.ts           -i {ts-h264-aac} -c copy -muxrate 4000k
    stuffing.mpg              GRAY MPEG2 STEADY
    stuffing.ts               GRAY MPEG2 STEADY
    filler.ts                 GRAY H264 FILLER
    filler.mp4                GRAY H264 FILLER
other format
    mpeg2.mxf                 -i SOURCE MPEG2 PCM
    mpeg2.wtv                 -i SOURCE MPEG2 MP2
    rv10.rm                   -i SOURCE -s 176x144 -c:v rv10 -b:v 300k EVERY AC3
    h263.3gp                  -i SOURCE -s 352x288 -c:v h263 -b:v 800k EVERY AAC
    dv.dv                     -i SOURCE -t 2 -target pal-dv
    dv.avi                    -i SOURCE -t 2 -target pal-dv -f avi PCM
    dvd.vob                   -i SOURCE -t 4 -target pal-dvd
    prores.mov                -i SOURCE -t 2 -c:v prores_ks PCM
    ffv1.mkv                  -i SOURCE -t 1 -c:v ffv1 FLAC
    msmpeg4.avi               -i SOURCE -c:v msmpeg4 -b:v 1200k EVERY MP3
    h264.m4v                  -i {mp4-h264-aac} -c copy
    h264.f4v                  -i {mp4-h264-aac} -c copy
    bluray.m2ts               -i SOURCE -t 4 H264 -c:a pcm_bluray -mpegts_m2ts_mode 1
"""
_OPEN = "open-gop=1:keyint=48:min-keyint=48:bframes=3:scenecut=0"
_HEVC = "-x265-params log-level=error:pools=1:frame-threads=1"
_HDR = (
    "hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:max-cll=1000,400:"
    "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
)
_SILENCE = "-f lavfi -i anullsrc=r=48000:cl=stereo:d=10"
_SHORT_FOR = {
    **{name.upper(): f"{options} {EVERY}" for name, options in VIDEO.items()},
    **{name.upper(): options for name, options in AUDIO.items()},
    "EVERY": EVERY,
    "XVID": f"-c:v libxvid -b:v 1200k -bf 2 {EVERY}",
    "GAPS": r"-vf select=not(between(mod(n\,48)\,10\,20)) -fps_mode vfr",
    "JPEG": "-metadata:s:t mimetype=image/jpeg",
    "OPEN": f"-x264-params {_OPEN}",
    "OPEN_HEVC": f"{_HEVC}:{_OPEN}",
    "HDR": f"{_HEVC}:{_HDR} -pix_fmt yuv420p10le",
    "PROGRAMS": "-program title=one:st=0:st=1 -program title=two:st=2:st=3",
    "SIX": "-map 0 -af pan=5.1|FL=c0|FR=c1|FC=c0|LFE=c1|BL=c0|BR=c1",
    "SILENCE": _SILENCE,
    "BLACK": f"-f lavfi -i color=black:s=640x360:r=24:d=10 {_SILENCE}",
    "GRAY": "-f lavfi -i color=gray:s=352x288:r=25:d=6",
    "STEADY": "-b:v 3000k -minrate 3000k -maxrate 3000k -bufsize 1835k",
    "FILLER": "-x264-params nal-hrd=cbr:vbv-maxrate=1200:vbv-bufsize=1200",
}
# Those in which a track can end early, or after a frame, with a base for each container.
_ENDING = (
    *("mp4-h264-aac", "mov-h264-pcm", "mkv-h264-aac", "webm-vp9-opus", "avi-mpeg4-mp3", "ts-h264-aac"),
    *("mpg-mpeg2-mp2", "flv-h264-aac", "wmv-wmv2-wma", "ogv-theora-vorbis"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How ffmpeg writes one odd and good video; what stands for a file in ``words`` is explained above."""

    kind: str
    name: str
    words: tuple[str, ...]
    is_piped: bool = False


def recipes() -> Iterator[Recipe]:
    """Give all recipes."""
    kind = ""
    for line in _TABLE.strip("\n").splitlines():
        if not line.startswith(" "):
            kind = line
            continue
        name, words = line.split(maxsplit=1)
        yield _recipe(kind, name.removeprefix("|"), words, is_piped=name.startswith("|"))
    for name in _ENDING:
        base = BASES[name]
        for what, picture, sound in (("sound", 8, 9.5), ("picture", 9.5, 8)):
            words = f"-t {picture} -i {{{name}}} -t {sound} -i {{{name}}} -map 0:v -map 1:a -c copy"
            yield _recipe(f"{what} longer", f"{name}{base.extension}", words)
        codecs = " ".join(base.codecs).upper()
        for what, count in (("one frame", 1), ("two frames", 2), ("a fifth of a second", 5)):
            # Sound of one frame's time is none: less than one packet of it.
            words = f"-i SOURCE -frames:v {count} -t {count / 24:.3f} {codecs} {'-an' if count == 1 else ''}"
            yield _recipe(f"only {what}", f"{name}{base.extension}", words)


def _recipe(kind: str, name: str, words: str, *, is_piped: bool = False) -> Recipe:
    spelled_out = " ".join(_SHORT_FOR.get(word, word) for word in words.split())
    return Recipe(kind=kind, name=name, words=tuple(spelled_out.split()), is_piped=is_piped)

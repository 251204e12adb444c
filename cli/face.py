"""`guitu face`: detect, embed, compare, evaluate. Needs no user and no workspace, but for `reembed`."""

from pathlib import Path
from typing import Annotated

import typer

from casework.cases.intake import choose_face
from cli.exits import Exit
from cli.face_evaluate import face_evaluate
from cli.face_reembed import face_reembed
from cli.files import read_file
from cli.output import AsJson, print_json, print_words
from matching.face.calibration import load_calibration
from matching.face.conditions import FaceConditions
from matching.face.embedding import distance
from matching.face.reading import DetectedFace, PhotoReading
from runtime.face_process import face_process
from runtime.settings import Settings

app = typer.Typer(help="人脸 · faces", no_args_is_help=True)

app.command("reembed")(face_reembed)
app.command("evaluate")(face_evaluate)

Photos = Annotated[list[Path], typer.Argument(help="照片 · photos")]
Engine = Annotated[str | None, typer.Option("--engine", help="人脸引擎 · face engine")]


@app.command("detect")
def detect(photos: Photos, engine: Engine = None, as_json: AsJson = False) -> None:
    """找出照片里的人脸并说明能否使用 · find faces and say whether they can be used."""
    readings = _read_all(photos, engine)
    rows: list[dict[str, object]] = [
        {"photo": str(path), "faces": [_seen(f) for f in r.faces], "rejected": _rejected(r)}
        for path, r in zip(photos, readings, strict=True)
    ]
    _answer(rows, readings, as_json=as_json)


@app.command("embed")
def embed(photos: Photos, engine: Engine = None, as_json: AsJson = False) -> None:
    """给出每张脸的特征向量，大脸在前 · the vector of every face, biggest first."""
    readings = _read_all(photos, engine)
    rows: list[dict[str, object]] = [
        {"photo": str(path), "faces": [_embedded(f) for f in r.faces], "rejected": _rejected(r)}
        for path, r in zip(photos, readings, strict=True)
    ]
    _answer(rows, readings, as_json=as_json)


@app.command("compare")
def compare(
    a: Annotated[Path, typer.Argument(help="照片一 · first photo")],
    b: Annotated[Path, typer.Argument(help="照片二 · second photo")],
    gallery_size: Annotated[
        int, typer.Option("--gallery-size", min=1, help="库内人数 · gallery size")
    ] = 1,
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """比对两张照片；距离的含义随库的大小而变 · compare two photos for a gallery of that size."""
    readings = _read_all([a, b], engine)
    first, second = (choose_face(reading, None) for reading in readings)
    gap = distance(first.embedding, second.embedding)
    calibration = load_calibration(first.engine)
    under = FaceConditions(poor_photos=sum(face.unusable is not None for face in (first, second)))
    answer = {
        "distance": gap,
        "bits": calibration.bits(gap, under),
        "same_odds": calibration.same_odds(gap, gallery_size, under),
        "strangers_as_near": calibration.strangers_within(gap, gallery_size),
        "engine": first.engine,
        "warnings": [
            *_copy_alarm(*readings),
            *(face.unusable.message for face in (first, second) if face.unusable),
            *calibration.warnings,
        ],
    }
    if as_json:
        print_json(answer)
    else:
        print_words(
            f"距离 {gap:.3f}，证据 {answer['bits']:+.1f} 比特；"
            f"在 {gallery_size} 人的库里，是同一人的几率约为 {answer['same_odds']:.3g} 比 1。"
            + "".join(_copy_alarm(*readings))
        )


def _copy_alarm(one: PhotoReading, other: PhotoReading) -> tuple[str, ...]:
    """One photo against its own copy proves nothing about the person."""
    if one.is_copy_of(other):
        return (
            "警告：两张其实是同一张照片（或它的翻版），距离小不能说明是同一人；请查清照片来源。",
        )
    return ()


def _read_all(photos: list[Path], engine: str | None) -> list[PhotoReading]:
    settings = Settings()
    process = face_process(settings, engine or settings.face_engine)
    try:
        return [process.read(read_file(path)) for path in photos]
    finally:
        process.close()


def _answer(rows: list[dict[str, object]], readings: list[PhotoReading], *, as_json: bool) -> None:
    """Several inputs are each answered (exit 0); a single input without an answer is exit 1."""
    if as_json:
        print_json(rows)
    else:
        print_words("\n".join(_line(r) for r in readings))
    if len(readings) == 1 and not readings[0].faces:
        raise typer.Exit(int(Exit.REFUSED))


def _line(reading: PhotoReading) -> str:
    if reading.rejected:
        return reading.rejected.message + reading.rejected.remedy
    return f"{len(reading.faces)} 张脸：" + "；".join(str(_box(face)) for face in reading.faces)


def _box(face: DetectedFace) -> list[int]:
    return [face.box.x, face.box.y, face.box.width, face.box.height]


def _quality(face: DetectedFace) -> dict[str, float | None]:
    quality = face.quality
    return {
        "eye_distance_px": quality.eye_distance_px,
        "sharpness": quality.sharpness,
        "brightness": quality.brightness,
        "turn": quality.turn,
    }


def _seen(face: DetectedFace) -> dict[str, object]:
    return {
        "box": _box(face),
        "confidence": face.confidence,
        "quality": _quality(face),
        "usable": face.unusable is None,
        "reason": face.unusable.message + face.unusable.remedy if face.unusable else None,
    }


def _embedded(face: DetectedFace) -> dict[str, object]:
    return {
        "box": _box(face),
        "engine": face.engine,
        "model_id": face.model_id,
        "dim": len(face.embedding),
        "embedding": list(face.embedding),
        "quality": _quality(face),
    }


def _rejected(reading: PhotoReading) -> dict[str, str] | None:
    rejected = reading.rejected
    if rejected is None:
        return None
    return {
        "code": rejected.code.value,
        "message": rejected.message,
        "remedy": rejected.remedy,
    }

"""Write elements of SVG pictures, for the charts in a browser and the pictures of `newscrawl stats --plot`."""

from __future__ import annotations

from html import escape


def element(name: str, words: str | None = None, *, tip: str | None = None, **attributes: object) -> str:
    """Return an SVG element.

    Args:
        name: of the element.
        words: its text.
        tip: its tooltip.
        attributes: by name, with `_` for a hyphen and `kind` for `class`; numbers are rounded to a tenth.
    """
    written = "".join(
        f' {"class" if key == "kind" else key.replace("_", "-")}="{escape(str(_short(value)))}"'
        for key, value in attributes.items()
    )
    inside = (f"<title>{escape(tip)}</title>" if tip else "") + escape(words or "")
    return f"<{name}{written}>{inside}</{name}>"


def _short(value: object) -> object:
    return round(value, 1) if isinstance(value, float) else value

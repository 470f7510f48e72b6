"""Elements of SVG pictures: every text in them is escaped."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from newscrawl.explore.svg import element


def test_words_tip_and_attributes_are_read_back_as_they_were_given():
    read = ET.fromstring(element("rect", '<a> & "b"', tip="1 < 2", kind='x"y', stroke_width=0.25, x=3))
    assert (read.tag, read.attrib) == ("rect", {"class": 'x"y', "stroke-width": "0.2", "x": "3"})
    assert (read.findtext("title"), read.find("title").tail) == ("1 < 2", '<a> & "b"')


def test_without_words_and_tip_it_is_empty():
    assert element("line", x1=1.0) == '<line x1="1.0"></line>'

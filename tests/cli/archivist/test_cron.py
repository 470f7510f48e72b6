"""`newscrawl cron` prints lines that run: this program, on this data folder, whatever their names."""

from __future__ import annotations

import configparser
import shlex
from pathlib import Path


def test_crontab_lines_name_program_and_folder_in_full(run, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_NOTIFY_COMMAND", "tell 'me'")
    folder = tmp_path / "my 100% data"
    said = run("cron", "--at", "3:05", data=folder).stdout.splitlines()
    lines = [line for line in said if " * * " in line]
    assert len(lines) == 3
    assert "NEWSCRAWL_NOTIFY_COMMAND=tell 'me'" in said, "cron begins with an empty environment"
    for line in lines:
        minute, hour, *_, command = line.split(maxsplit=5)
        assert (minute, hour in {"3", "9", "0"}) == ("5", True)
        words = shlex.split(command.replace("\\%", "%"))
        assert "%" not in command.replace("\\%", ""), "a bare % ends a crontab's line"
        assert Path(words[0]).is_absolute()
        assert Path(words[0]).exists()
        assert words[words.index("--data") + 1] == str(folder)
    options = shlex.split(lines[0])[shlex.split(lines[0]).index("crawl") :]
    assert options[:4] == ["crawl", "--all", "--jobs", "4"]
    minutes = int(options[options.index("--time-limit") + 1])
    assert minutes * 100 / 4 < 24 * 60, "a hundred portals have ended before the next night"


def test_systemd_units_can_be_read(run, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_NOTIFY_COMMAND", 'tell "me" 100%')
    text = run("cron", "--systemd").stdout
    service, timer = (part for part in text.split("# /etc/systemd/system/")[1:])
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read_string(service.partition("\n")[2])
    assert unit["Service"]["ExecStart"].endswith(" --quiet")
    assert 'Environment="NEWSCRAWL_NOTIFY_COMMAND=tell \\"me\\" 100%%"' in service
    assert "OnCalendar=*-*-* 02:17:00" in timer


def test_a_time_that_is_none_is_refused(run):
    assert run("cron", "--at", "25:00").exit_code == 2

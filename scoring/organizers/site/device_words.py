"""How a device is called by what its browser says of itself."""

from __future__ import annotations

# By the first mark that stands in the name: most browsers also carry the names of others.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_in_words(device: str) -> str:
    """The browser and the system that a browser's long name tells of, as "Chrome · Windows"; else the name itself."""
    told = [next((said for mark, said in marks if mark in device), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, told)) or device

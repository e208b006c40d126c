"""Small drawings on a grid of 24, a line of 2; always beside a word."""

ICONS = {
    "bwd": '<path d="M20 12H4M10 6l-6 6 6 6"/>',
    "check": '<path d="M4 12.5l5.2 5.2L20 7"/>',
    "chev": '<path d="M9 5l7 7-7 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "dia": '<path d="M12 2.5L21.5 12 12 21.5 2.5 12z"/>',
    "down": '<path d="M12 4v12M6 11l6 6 6-6M5 21h14"/>',
    "eye": '<path d="M2 12s3.8-6.500 10-6.500S22 12 22 12s-3.8 6.500-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "flag": '<path d="M6 21V4h12l-3 4 3 4H6"/>',
    "fwd": '<path d="M4 12h16M14 6l6 6-6 6"/>',
    "glass": '<path d="M7 3h10M7 21h10M8 3c0 5 8 5 8 9s-8 4-8 9M16 3c0 5-8 5-8 9s8 4 8 9"/>',
    "half": '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>',
    "lock": '<rect x="5" y="11" width="14" height="9.5" rx="1.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<path d="M3 5h18v14H3zM3 6l9 7 9-7"/>',
    "no": '<circle cx="12" cy="12" r="9"/><path d="M5.8 5.8l12.400 12.400"/>',
    "out": '<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9"/>',
    "people": '<circle cx="9" cy="8" r="4"/><path d="M2 21c0-9 14-9 14 0M16 4.5a4 4 0 0 1 0 7M19 14.5c2 1.200 3 3.5 3 6.5"/>',
    "phone": '<path d="M5 3h4l2 5-2.5 1.8a12 12 0 0 0 5.7 5.7L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"/>',
    "pin": '<path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.4"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "ring": '<circle cx="12" cy="12" r="9" stroke-dasharray="2.5 3.2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "talk": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "tri": '<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5M12 17.6v.1"/>',
    "up": '<path d="M12 20V8M6 13l6-6 6 6M5 3h14"/>',
    "web": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-6 6-6 12 0 18 6-6 6-12 0-18z"/>',
}
#: these turn where the script runs from right to left
DIRECTED = frozenset({"bwd", "chev", "fwd", "out"})

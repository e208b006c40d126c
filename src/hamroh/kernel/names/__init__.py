"""One person in any spelling: names of the region read as sounds, cut into their parts, and compared with reasons.

>>> from hamroh.kernel.names import compare, read
>>> [part.root for part in read("Қурбонова Зулайхо Саидовна").parts]
['kurbon', 'zulayho', 'said']
>>> for meeting in compare("Раҳмонов Саид", "Said Rahmon").meetings:
...     print(meeting.said())
раҳмонов = rahmon: the same name; another ending
саид = said: the same name
"""

from hamroh.kernel.names.comparing import Comparison, Meeting, compare
from hamroh.kernel.names.reading import Name, Part, read
from hamroh.kernel.names.weights import Level

__all__ = ["Comparison", "Level", "Meeting", "Name", "Part", "compare", "read"]

"""What several pages say alike."""

from django.utils.translation import gettext_lazy as _

#: the same whether a record is not there, is another organisation's, or is shut to who asks
NO_RECORD = _("No record with this code opens to you. Check the code, or ask a supervisor.")
ASK_AGAIN = _("Too long ago that you showed who you are. Show it once more in another tab, then send this again.")

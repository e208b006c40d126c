"""Tables of fieldwork."""

from hamroh.fieldwork.models.devices import Device, DeviceKind, FormKey
from hamroh.fieldwork.models.forms import Assignment, Form, FormMedia, FormVersion, Purpose
from hamroh.fieldwork.models.submissions import Attachment, ReviewLine, Submission, Written

__all__ = [
    "Assignment", "Attachment", "Device", "DeviceKind", "Form", "FormKey", "FormMedia", "FormVersion", "Purpose", "ReviewLine",
    "Submission", "Written",
]  # fmt: skip

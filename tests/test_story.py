"""One mail, from the API to the notification: the main story of the system, told through its real entrances."""

from tests.makers import HOME, THUNDERBIRD
from tests.system import System


def test_one_mail_from_the_api_to_the_notification(system: System):
    message = system.send()
    assert system.opened(message, after=7200, agent=THUNDERBIRD, address=HOME).status == 200
    system.follow()
    seen = system.show(message)
    assert seen["status"] == "opened"
    (event,) = seen["events"]
    assert event["counted"] and event["verdict"]["kind"] == "human"
    (mail,) = system.aws.outbox()
    assert mail["subject"] == "bob@example.com opened “Offer for June”"
    assert "2 hours after you sent it" in mail["text"]

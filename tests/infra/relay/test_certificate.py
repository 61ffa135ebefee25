"""The relay's certificate: renewed while it runs, and kept where the new one is bad."""

from infra.relay import certificate
from tests.infra.relay.conftest import Post, shown
from tests.makers import SENT


def test_a_renewed_certificate_is_served_and_a_bad_one_changes_nothing(post: Post):
    tls = certificate.context(*post.files)
    post.again(tls=tls)
    before = shown(post)
    new, its_key = certificate.self_made(post.folder / "renewed", SENT)
    half = post.folder / "half.pem"
    half.write_text(new.read_text()[:200])
    for bad in ((half, its_key), (new, post.files[1]), (new, half)):
        certificate.renew(tls, *bad)
        assert shown(post) == before
    certificate.renew(tls, new, its_key)
    assert shown(post) != before

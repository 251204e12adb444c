import pytest

from api.problems import PreconditionMissingError
from api.routes.leads import etag, version_of
from casework.errors import BadInputError


@pytest.mark.parametrize("version", [0, 7, 120])
def test_a_tag_leads_back_to_its_version(version: int) -> None:
    assert version_of(etag(version)) == version


def test_a_change_without_the_version_read_is_refused() -> None:
    with pytest.raises(PreconditionMissingError):
        version_of(None)


@pytest.mark.parametrize("tag", ["*", '"a"', "", 'W/"1"', '"１"'])
def test_a_foreign_tag_is_refused(tag: str) -> None:
    with pytest.raises(BadInputError):
        version_of(tag)

"""`guitu sight`, from the refused look to the end of a grant."""

from tests.unit.cli.conftest import Guitu


def test_a_look_into_a_childs_file_is_asked_for_granted_and_ended(guitu: Guitu) -> None:
    guitu("demo", "--records", "0", "--no-serve")
    taken = guitu("intake", "--field", "apparent_age=9", "--as", "chenjie", "--json")
    case_id = taken.json["case_id"]
    closed = guitu("case", "show", case_id, "--as", "wangfang")
    assert (closed.code, closed.out) == (1, "")
    assert "要站领导批准后才能查看" in closed.err

    asked = guitu("sight", "ask", case_id, "--why", "核对家乡", "--as", "wangfang", "--json")
    request_id = asked.json["request_id"]
    assert "核对家乡" in guitu("sight", "list", "--as", "liumin").out
    granted = guitu("sight", "grant", request_id, "--hours", "8", "--as", "liumin", "--json")
    assert granted.json["state"] == "granted"
    assert guitu("case", "show", case_id, "--as", "wangfang").code == 0
    assert "已收回" in guitu("sight", "end", request_id, "--as", "liumin").out
    assert guitu("sight", "refuse", request_id, "--as", "liumin").code == 1
    assert guitu("sight", "list", "--as", "wangfang").code == 1

"""The matching policy in force: the shipped one, or with the figures of the station's own file over it."""

import tomllib

from casework.errors import BadInputError
from matching.errors import BadPolicyError
from matching.policy import MatchPolicy, load_policy, policy_with
from runtime.settings import Settings


def station_policy(settings: Settings) -> MatchPolicy:
    """The policy of these settings.

    Raises:
        BadInputError: the file cannot be read, is no TOML, or its figures contradict themselves.
    """
    if settings.policy_file is None:
        return load_policy()
    try:
        tables = tomllib.loads(settings.policy_file.read_text(encoding="utf-8"))
        return policy_with(tables)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError("GUITU_POLICY_FILE 指向的文件读不出来，请检查路径和格式。") from error
    except BadPolicyError as error:
        raise BadInputError(
            "GUITU_POLICY_FILE 里的参数缺项或自相矛盾，没有启用，请核对。"
        ) from error

"""Redis as the cache, and this process's own memory while Redis is away.

Sign-in counts failed attempts in the cache. Without this a lost Redis would keep everybody out; with it the
counting goes on, by process instead of for all, until Redis is back.
"""

import logging
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

log = logging.getLogger(__name__)


def _spared(name: str) -> Any:
    def method(self: "SparedRedisCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except (RedisConnectionError, RedisTimeoutError) as error:
            log.warning("Redis does not answer (%s); this process counts for itself.", type(error).__name__)
            return getattr(self.spare, name)(*args, **kwargs)

    return method


class SparedRedisCache(RedisCache):
    """RedisCache whose single-key methods fall back to memory."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.spare = LocMemCache("spare", {"TIMEOUT": params.get("TIMEOUT", 300)})

    add = _spared("add")
    get = _spared("get")
    set = _spared("set")
    touch = _spared("touch")
    delete = _spared("delete")
    has_key = _spared("has_key")
    incr = _spared("incr")
    get_many = _spared("get_many")
    set_many = _spared("set_many")
    delete_many = _spared("delete_many")

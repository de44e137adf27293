"""The local broker: shared by whoever needs it, and keeping its queues."""

import socket

import pytest
import redis

from embedded import broker, shared


@pytest.fixture
def server(folder):
    return broker.Broker(folder / "broker")


def client(server):
    return redis.Redis(unix_socket_path=str(server.socket))


def test_answers_while_somebody_uses_it_and_stops_after(server):
    with shared.using(server):
        with shared.using(server):
            pass
        assert client(server).ping()
    assert not server.running()


def test_keeps_its_queues_over_a_restart(server):
    with shared.using(server):
        client(server).lpush("celery", "a task")
    with shared.using(server):
        assert client(server).lrange("celery", 0, -1) == [b"a task"]


def test_a_socket_left_by_a_killed_server_is_no_obstacle(server):
    server.folder.mkdir()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(server.socket))
    with shared.using(server):
        assert client(server).ping()


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere(folder):
    deep = broker.Broker(folder / ("d" * 120))
    with shared.using(deep):
        assert client(deep).ping()
    assert len(str(deep.socket)) < 100
    deep.socket.parent.rmdir()


def test_redis_url_is_used_when_set(monkeypatch, folder):
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    with broker.running(folder) as url:
        assert url == "redis://elsewhere:6379/0"
    assert not list(folder.iterdir())

"""Drives Pusher's Python library for a test, by the same lines of JSON as host.js does it."""

import json
import os
import sys

import pusher
from pusher.errors import PusherBadAuth, PusherBadRequest, PusherForbidden

APP = json.loads(os.environ["APP"])

STATUSES = {PusherBadRequest: 400, PusherBadAuth: 401, PusherForbidden: 403}


def client(secret=None, port=None):
    return pusher.Pusher(
        app_id=APP["id"],
        key=APP["key"],
        secret=secret or APP["secret"],
        host="127.0.0.1",
        port=port or APP["port"],
        ssl=False,
        encryption_master_key_base64=APP["masterKey"],
    )


def reply(request):
    """What the library gives back, or the status that its exception stands for."""
    try:
        return {"status": 200, "body": json.dumps(request(), separators=(",", ":"))}
    except tuple(STATUSES) as error:
        return {"status": STATUSES[type(error)], "body": str(error)}


def publish(channels, event, data, parameters, **at):
    return reply(lambda: client(**at).trigger(channels, event, data, parameters.get("socket_id")))


def publish_batch(batch, **at):
    return reply(lambda: client(**at).trigger_batch(batch))


def channels_info(prefix, attributes, **at):
    return reply(lambda: client(**at).channels_info(prefix, attributes))


def channel_info(channel, attributes, **at):
    return reply(lambda: client(**at).channel_info(channel, attributes))


def users_info(channel, **at):
    return reply(lambda: client(**at).users_info(channel))


def send_to_user(user, event, data, **at):
    return reply(lambda: client(**at).send_to_user(user, event, data))


def authorize(channel, socket, data):
    return client().authenticate(channel=channel, socket_id=socket, custom_data=data)


OPS = {
    operation.__name__: operation
    for operation in (
        publish,
        publish_batch,
        channels_info,
        channel_info,
        users_info,
        send_to_user,
        authorize,
    )
}


def answer(call):
    try:
        return {"id": call["id"], "result": OPS[call["op"]](**call["args"])}
    except Exception as error:  # The test is told, whatever it is.
        return {"id": call["id"], "error": repr(error)}


print(json.dumps({"port": 0}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)

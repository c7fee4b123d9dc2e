package io.carillon.view;

import io.carillon.message.Channel;

/** A member of a channel, by name. */
record MemberKey(Channel channel, String id) {}

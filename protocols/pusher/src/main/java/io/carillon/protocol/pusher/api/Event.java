package io.carillon.protocol.pusher.api;

import io.carillon.protocol.pusher.ChannelName;
import java.util.List;

/**
 * An event that may be published.
 *
 * @param name its name
 * @param channels its channels; none twice
 * @param data its data
 * @param socketId the connection that must not receive it; empty for none
 * @param info the attributes of the channels that its publisher asks for
 */
record Event(
    String name, List<ChannelName> channels, String data, String socketId, Attributes info) {}

package io.carillon.protocol.pusher.api;

import io.carillon.protocol.pusher.ChannelName;
import java.util.List;

/**
 * An event that may be published.
 *
 * @param name its name
 * @param channels where it goes; none twice
 * @param data its data
 * @param socketId the connection that must not hear it; empty for none
 * @param info what its publisher wants to know of the channels
 */
record Event(
    String name, List<ChannelName> channels, String data, String socketId, Attributes info) {}

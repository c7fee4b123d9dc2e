package io.carillon.view;

/**
 * How much a node holds, as another one knows it.
 *
 * @param channels the channels that it has subscribers or members of
 * @param subscriptions its subscriptions of all channels
 * @param members its members of all channels
 * @param bytes the memory that this takes, roughly
 * @param isComplete whether the other node knows everything that the node has told
 * @param lag how many of its messages the other node has not processed, by its last heartbeat
 */
public record SliceReport(
    int channels, long subscriptions, int members, long bytes, boolean isComplete, long lag) {}

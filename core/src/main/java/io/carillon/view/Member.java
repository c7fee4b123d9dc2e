package io.carillon.view;

/**
 * A user in a channel, as the other members see it.
 *
 * @param id unique in the channel
 * @param info what the other members are told, as a JSON value; empty for nothing
 */
public record Member(String id, String info) {}

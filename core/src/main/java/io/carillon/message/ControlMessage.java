package io.carillon.message;

/**
 * A message from node to node about the cluster itself; no client ever receives one.
 *
 * @param id unique in the cluster; its node is the sender
 * @param type the message's subject; receivers ignore types that they don't know
 * @param payload its content, in the type's own form
 */
public record ControlMessage(MessageId id, String type, Payload payload) {}

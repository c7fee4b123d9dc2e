package io.carillon.server.transport;

/** Why a client's connection ended, for the metrics. */
public enum CloseReason {
  /** The client has sent a close frame. */
  CLIENT,
  /** The connection was lost, or the client ended it without a close frame. */
  LOST,
  /** The client didn't read its messages. */
  SLOW,
  /** All clients together didn't read enough, and this client had more unread than its share. */
  OVER_BUDGET,
  /** The client answered no ping. */
  DEAD,
  /** The client sent a message that is too long. */
  TOO_LARGE,
  /** The client broke the WebSocket protocol. */
  PROTOCOL_ERROR,
  /** The node shuts down. */
  DRAIN,
  /** The connection has reached its greatest age. */
  AGE,
  /** The client's token has expired. */
  EXPIRED,
  /** The client's session closed it. */
  SESSION,
  /** A bug. */
  BUG
}

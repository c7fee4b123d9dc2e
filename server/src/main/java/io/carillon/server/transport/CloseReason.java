package io.carillon.server.transport;

/** Why a client's connection ended, as whoever counts them wants to know it. */
public enum CloseReason {
  /** The client has said goodbye. */
  CLIENT,
  /** The connection was lost, or the client went without a word. */
  LOST,
  /** It didn't read what was sent to it. */
  SLOW,
  /** All clients together didn't read, and this one more than a share. */
  OVER_BUDGET,
  /** It answered no ping. */
  DEAD,
  /** It sent a message that is too long. */
  TOO_LARGE,
  /** It broke the WebSocket protocol. */
  PROTOCOL_ERROR,
  /** The node is going down. */
  DRAIN,
  /** Its token has expired. */
  EXPIRED,
  /** Its session could not serve it. */
  SESSION,
  /** A bug. */
  BUG
}

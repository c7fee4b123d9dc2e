package io.carillon.adapter.kit;

/** Why a broker dropped publications that were meant for this node, though it was connected. */
public enum DropCause {
  /** More waited for this node than the broker keeps. */
  OVERFLOW,

  /** They waited for longer than the broker keeps them. */
  EXPIRY
}

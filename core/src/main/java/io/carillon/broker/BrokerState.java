package io.carillon.broker;

/** Whether the bus can be used. */
public enum BrokerState {
  /** Not connected: publishes are refused, subscribes fail. */
  DOWN,
  /** Connected, with every subscribed channel routed here. */
  UP
}

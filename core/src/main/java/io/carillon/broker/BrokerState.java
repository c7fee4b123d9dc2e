package io.carillon.broker;

/** Whether the bus can be used. */
public enum BrokerState {
  /** Not connected yet, or no longer: publishes are refused, subscribes fail. */
  DOWN,
  /** Connected, with every subscribed channel routed here. */
  UP
}

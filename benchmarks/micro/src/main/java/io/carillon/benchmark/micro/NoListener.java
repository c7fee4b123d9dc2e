package io.carillon.benchmark.micro;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;

/** A node on the bus that only publishes. */
final class NoListener implements BrokerListener {

  @Override
  public void onPublication(Publication publication) {}

  @Override
  public void onControl(ControlMessage message) {}

  @Override
  public void onBulk(ControlMessage message) {}

  @Override
  public void onLost(Collection<Channel> channels) {}

  @Override
  public void onGap(Gap gap) {}

  @Override
  public void onState(BrokerState state) {}
}

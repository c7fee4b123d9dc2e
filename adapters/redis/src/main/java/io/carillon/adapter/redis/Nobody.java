package io.carillon.adapter.redis;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;

/** Wants nothing. */
final class Nobody implements BrokerListener {

  @Override
  public boolean wants(Channel channel) {
    return false;
  }

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

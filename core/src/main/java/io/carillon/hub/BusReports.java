package io.carillon.hub;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives everything that the bus reports to this node: hands publications, gaps and lost channels
 * to the {@link Hub}, and control messages to their readers. Runs on the broker's threads.
 */
final class BusReports implements BrokerListener {

  private static final Logger log = LoggerFactory.getLogger(BusReports.class);

  private final Hub hub;
  private final InterestMap interest;
  private final HubCounters counters;
  private final Map<String, Consumer<ControlMessage>> controlReaders = new ConcurrentHashMap<>();

  /** Written by one thread of the broker's, read by any. */
  private volatile BrokerState busState = BrokerState.DOWN;

  BusReports(Hub hub, InterestMap interest, HubCounters counters) {
    this.hub = hub;
    this.interest = interest;
    this.counters = counters;
  }

  /** Whether the bus can be used now. Any thread. */
  boolean isBusUp() {
    return busState == BrokerState.UP;
  }

  /** See {@link Hub#onControl}. */
  void onControl(String type, Consumer<ControlMessage> reader) {
    controlReaders.put(type, reader);
  }

  @Override
  public boolean wants(Channel channel) {
    boolean wanted = interest.wants(channel);
    if (!wanted) {
      counters.unwanted.increment();
    }
    return wanted;
  }

  @Override
  public void onPublication(Publication publication) {
    hub.deliver(List.of(publication));
  }

  @Override
  public void onPublications(List<Publication> publications) {
    hub.deliver(publications);
  }

  @Override
  public void onControl(ControlMessage message) {
    read(message);
  }

  @Override
  public void onBulk(ControlMessage message) {
    read(message);
  }

  private void read(ControlMessage message) {
    Consumer<ControlMessage> reader = controlReaders.get(message.type());
    if (reader == null) {
      log.debug("Control message {} of {} has no reader here", message.type(), message.id());
    } else {
      reader.accept(message);
    }
  }

  @Override
  public void onLost(Collection<Channel> channels) {
    hub.lose(channels);
  }

  @Override
  public void onGap(Gap gap) {
    hub.report(gap);
  }

  @Override
  public void onState(BrokerState state) {
    busState = state;
  }
}

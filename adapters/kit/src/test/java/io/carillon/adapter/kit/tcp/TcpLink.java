package io.carillon.adapter.kit.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A node's connections to the relay, two for each lane. Questions go with the control lane. */
final class TcpLink implements Link {

  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final Map<Lane, TcpLane> lanes = new EnumMap<>(Lane.class);
  private final WireForm form;
  private final Questions questions;
  private final Prober prober;

  private TcpLink(Environment environment, InetSocketAddress relay, WireForm form, Incarnation node)
      throws IOException {
    this.form = form;
    try {
      for (Lane lane : Lane.values()) {
        String name = TcpLane.address(lane, node);
        lanes.put(lane, TcpLane.connect(environment, relay, name, lost));
      }
    } catch (IOException e) {
      closeAll();
      throw e;
    }
    questions = new Questions(lane(Lane.CONTROL).out(), lost);
    Map<String, TcpConnection> via = new HashMap<>();
    lanes.values().forEach(lane -> via.put(lane.hearing().target(), lane.out()));
    prober =
        new Prober(
            environment.vendor(),
            new TcpProbes(via),
            lanes.values().stream().map(TcpLane::hearing).toList(),
            environment.clock(),
            environment.timer(),
            PublishLimits.DEFAULT.timeout(),
            () -> false,
            this::isLost,
            this::lose);
  }

  /** Connects, subscribes to what every node hears, and begins to receive and to probe. */
  static TcpLink open(
      Environment environment,
      InetSocketAddress relay,
      WireForm form,
      Incarnation node,
      Receiver receiver)
      throws IOException {
    TcpLink link = new TcpLink(environment, relay, form, node);
    try {
      link.begin(receiver);
      return link;
    } catch (IOException e) {
      link.closeAll();
      throw e;
    }
  }

  private void begin(Receiver receiver) throws IOException {
    lane(Lane.PUBLICATIONS)
        .start(
            "publications",
            frame -> {},
            frame -> receiver.publications(form, frame.address(), frame.body(), this::isLost));
    lane(Lane.CONTROL)
        .start(
            "control", questions::answered, frame -> receiver.control(frame.body(), this::isLost));
    lane(Lane.BULK).start("bulk", frame -> {}, frame -> receiver.bulk(frame.body(), this::isLost));
    for (TcpLane lane : lanes.values()) {
      Hearing hearing = lane.hearing();
      ask(Frame.Type.SUBSCRIBE, lane, List.of(TcpProbes.address(hearing.target())));
    }
    ask(Frame.Type.SUBSCRIBE, lane(Lane.CONTROL), List.of(TcpLane.CONTROL_ADDRESS));
    prober.start();
  }

  private void ask(Frame.Type type, TcpLane lane, List<String> addresses) throws IOException {
    questions.ask(type, addresses, lane.hearing().target().getBytes(UTF_8));
  }

  private TcpLane lane(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }

  @Override
  public String name() {
    return "connection " + lane(Lane.PUBLICATIONS).hearing().target();
  }

  @Override
  public void bind(Collection<Channel> channels) throws IOException {
    ask(Frame.Type.SUBSCRIBE, lane(Lane.PUBLICATIONS), addresses(channels));
  }

  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    ask(Frame.Type.UNSUBSCRIBE, lane(Lane.PUBLICATIONS), addresses(channels));
  }

  private List<String> addresses(Collection<Channel> channels) {
    return channels.stream().map(form::address).toList();
  }

  @Override
  public Outlet outlet(Lane lane) {
    return lane(lane).outlet();
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return prober.wholeAt(lane(Lane.PUBLICATIONS).hearing());
  }

  /** Closing a socket waits for nobody. */
  @Override
  public void close(Duration patience) {
    lose("it was closed");
    closeAll();
  }

  private void closeAll() {
    lanes.values().forEach(TcpLane::close);
  }
}

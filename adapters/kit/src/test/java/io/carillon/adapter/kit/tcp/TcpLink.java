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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Three connections to the relay: one receives publications, one publishes, and one does all that
 * must not wait for publications.
 */
final class TcpLink implements Link {

  static final String CONTROL_ADDRESS = ":control";

  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final List<TcpConnection> connections = new ArrayList<>();
  private final WireForm form;
  private final Receiver receiver;
  private final TcpConnection receiving;
  private final TcpConnection publishing;
  private final TcpConnection control;
  private final TcpOutlet publicationOutlet;
  private final TcpOutlet controlOutlet;
  private final Questions questions;
  private final Hearing publicationHearing;
  private final Hearing controlHearing;
  private final Prober prober;

  private TcpLink(
      Environment environment, InetSocketAddress relay, WireForm form, Receiver receiver)
      throws IOException {
    this.form = form;
    this.receiver = receiver;
    publicationHearing = hearing(environment);
    controlHearing = hearing(environment);
    receiving = connect(environment, relay, publicationHearing.target());
    publishing = connect(environment, relay, newName());
    control = connect(environment, relay, controlHearing.target());
    publicationOutlet = new TcpOutlet(publishing);
    controlOutlet = new TcpOutlet(control);
    questions = new Questions(control, lost);
    prober =
        new Prober(
            environment.vendor(),
            new TcpProbes(
                Map.of(publicationHearing.target(), publishing, controlHearing.target(), control)),
            List.of(publicationHearing, controlHearing),
            environment.clock(),
            environment.timer(),
            PublishLimits.DEFAULT.timeout(),
            () -> false,
            this::isLost,
            this::lose);
  }

  /** Connects, subscribes to what every node hears, and begins to receive and to probe. */
  static TcpLink open(
      Environment environment, InetSocketAddress relay, WireForm form, Receiver receiver)
      throws IOException {
    TcpLink link = new TcpLink(environment, relay, form, receiver);
    try {
      link.begin();
      return link;
    } catch (IOException e) {
      link.closeAll();
      throw e;
    }
  }

  private TcpConnection connect(Environment environment, InetSocketAddress relay, String name)
      throws IOException {
    try {
      TcpConnection connection = new TcpConnection(environment, relay, name, lost);
      connections.add(connection);
      return connection;
    } catch (IOException e) {
      closeAll();
      throw e;
    }
  }

  private Hearing hearing(Environment environment) {
    return new Hearing(
        newName(),
        List.of(TcpProbes.SUBSCRIPTION),
        () -> 0,
        path -> lose("the relay has forgotten this node's subscriptions"),
        environment.clock().instant());
  }

  /** Begins with a sign that no encoded channel has. */
  private static String newName() {
    return ":" + UUID.randomUUID();
  }

  private void begin() throws IOException {
    publishing.start("publishing-io", frame -> publicationOutlet.done(frame.number()));
    receiving.start("receiving-io", this::received);
    control.start("control-io", this::controlReceived);
    subscribe(publicationHearing, List.of(TcpProbes.address(publicationHearing.target())));
    subscribe(controlHearing, List.of(CONTROL_ADDRESS, TcpProbes.address(controlHearing.target())));
    prober.start();
  }

  private void subscribe(Hearing target, List<String> addresses) throws IOException {
    questions.ask(Frame.Type.SUBSCRIBE, addresses, target.target().getBytes(UTF_8));
  }

  private void received(Frame frame) {
    if (frame.type() == Frame.Type.MESSAGE && !TcpProbes.hear(publicationHearing, frame)) {
      receiver.publications(form, frame.address(), frame.body(), this::isLost);
    }
  }

  private void controlReceived(Frame frame) {
    if (frame.type() == Frame.Type.DONE) {
      questions.done(frame.number());
      controlOutlet.done(frame.number());
    } else if (!TcpProbes.hear(controlHearing, frame)) {
      receiver.control(frame.body(), this::isLost);
    }
  }

  @Override
  public String name() {
    return "connection " + publicationHearing.target();
  }

  @Override
  public void bind(Collection<Channel> channels) throws IOException {
    subscribe(publicationHearing, channels.stream().map(form::address).toList());
  }

  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    questions.ask(
        Frame.Type.UNSUBSCRIBE,
        channels.stream().map(form::address).toList(),
        publicationHearing.target().getBytes(UTF_8));
  }

  @Override
  public Outlet outlet(Lane lane) {
    return switch (lane) {
      case PUBLICATIONS -> publicationOutlet;
      case CONTROL -> controlOutlet;
    };
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return prober.wholeAt();
  }

  /** Closing a socket waits for nobody. */
  @Override
  public void close(Duration patience) {
    lose("it was closed");
    closeAll();
  }

  private void closeAll() {
    connections.forEach(TcpConnection::close);
  }
}

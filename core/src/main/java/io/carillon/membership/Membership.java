package io.carillon.membership;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.Peers;
import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.membership.Heartbeat.Phase;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which other nodes live. Every node sends a heartbeat to all nodes once an interval, on the
 * control lane, and a node that was not heard for the timeout is gone. Clocks of different machines
 * are never compared: silence is measured on this node's monotonic clock.
 *
 * <p>Suspicion can't turn on this node itself; see {@link Suspicion}. When silence counts again,
 * every peer has a full timeout.
 *
 * <p><b>Gaps.</b> Heartbeats are numbered. A number that is missing, and the return of a node that
 * was gone, show that messages of that node were lost, perhaps inside the broker, while both nodes
 * could hear themselves. The hub is told of a gap.
 *
 * <p><b>Versions.</b> Neighbouring versions understand each other. A node that joins and hears one
 * further apart may have to stay out; see {@link IncompatibleNodes}.
 *
 * <p>Owned by the cluster's loop, except where a method says otherwise.
 */
public final class Membership {

  private static final Logger log = LoggerFactory.getLogger(Membership.class);
  private static final String HEARTBEAT = "membership.heartbeat";

  /** Of so many heartbeats one tells the tenants, beside greetings; the first one does. */
  private static final int TENANTS_EVERY = 60;

  /** A newcomer is greeted after this part of an interval, so that many are greeted at once. */
  private static final int GREETINGS_PER_INTERVAL = 10;

  private final Hub hub;
  private final Loop loop;
  private final MembershipConfig config;
  private final String label;
  private final LongSupplier nanoClock;
  private final MembershipListener listener;
  private final Hearing hearing;
  private final Suspicion suspicion;
  private final TenantComparison tenants;
  private final IncompatibleNodes incompatible;
  private final Map<Incarnation, Peer> peers = new HashMap<>();

  private final LivePeers live;
  private final DepartedNodes departed = new DepartedNodes();
  private final OwnHeartbeats own;
  private boolean hasWarnedOfItsLabel;
  private Set<Incarnation> late = Set.of();
  private Phase phase = Phase.JOINING;
  private boolean isTelling;
  private boolean isGreeting;

  /**
   * @param hub not started yet
   * @param loop runs everything here
   * @param label this node's name, for people
   * @param tenants the fingerprints of the secrets of this node's tenants, by the tenants' ids
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public Membership(
      Hub hub,
      Loop loop,
      MembershipConfig config,
      String label,
      Supplier<Map<String, Long>> tenants,
      LongSupplier nanoClock,
      MembershipListener listener) {
    this.hub = hub;
    this.loop = loop;
    this.config = config;
    this.label = label;
    this.nanoClock = nanoClock;
    this.listener = listener;
    this.tenants = new TenantComparison(tenants);
    this.hearing = new Hearing(nanoClock);
    this.suspicion = new Suspicion(config);
    this.incompatible = new IncompatibleNodes(config.version());
    this.live = new LivePeers(config, nanoClock);
    this.own = new OwnHeartbeats(nanoClock.getAsLong());
    hub.onControl(HEARTBEAT, message -> loop.execute(() -> receive(message)));
  }

  /** Begins to send heartbeats. Any thread. */
  public void start() {
    loop.execute(
        () -> {
          suspicion.start(nanoClock.getAsLong());
          tick();
        });
  }

  private void tick() {
    assert loop.inLoop();
    if (phase == Phase.LEAVING) {
      return;
    }
    long now = nanoClock.getAsLong();
    boolean hearsItself = hub.isBusUp() && own.isProbeBack();
    if (!hearsItself) {
      hearing.lose();
    }
    Suspicion.Verdict verdict =
        suspicion.onTick(now, hearsItself, own.hasReturned() && !hub.isBusUp());
    switch (verdict) {
      case RESUMED -> {
        peers.values().forEach(peer -> forgiveSilence(peer, now));
        incompatible.forgiveSilence(now);
      }
      case COUNTS -> {
        buryTheSilent(now);
        incompatible.buryTheSilent(now, config.timeout());
        stayOutOrJoin();
      }
      case SUSPENDED, PATIENT -> {}
    }
    live.onTick(now, verdict != Suspicion.Verdict.SUSPENDED);
    tellLate(now);
    beat(own.number() % TENANTS_EVERY == 0 ? tenants.toTell() : Tenants.NONE);
    own.onTick(now);
    loop.schedule(this::tick, config.interval());
  }

  private void forgiveSilence(Peer peer, long now) {
    peer.forgiveSilence(now);
    live.heard(peer.node(), now);
  }

  private void tellLate(long now) {
    Set<Incarnation> nodes = new HashSet<>();
    for (Peer peer : peers.values()) {
      if (live.isLate(peer.heardNanos(), now)) {
        nodes.add(peer.node());
      }
    }
    if (!nodes.equals(late)) {
      late = nodes;
      listener.onDoubt(Set.copyOf(nodes));
    }
  }

  private void buryTheSilent(long now) {
    for (Peer peer : new ArrayList<>(peers.values())) {
      long silence = now - peer.heardNanos();
      if (silence >= config.timeout().toNanos()) {
        peers.remove(peer.node());
        live.gone(peer.node());
        departed.fellSilent(peer);
        log.warn(
            "Node {} ({}) is gone: it was silent for {} ms; {} other nodes are left",
            peer.last().label(),
            peer.node(),
            Duration.ofNanos(silence).toMillis(),
            peers.size());
        listener.onGone(peer.node(), peer.heardNanos());
      }
    }
    hearing.onPeer(peers.values());
  }

  /** A heartbeat can't be sent while the bus is away, and is not sent later. */
  private void beat(Tenants told) {
    if (hub.isBusUp()) {
      Heartbeat.SliceMark mark = listener.onBeat();
      long sent = own.next();
      hub.control(HEARTBEAT, heartbeat(mark, told).encode())
          .whenCompleteAsync((done, failure) -> onSent(sent, failure), loop);
    }
  }

  private Heartbeat heartbeat(Heartbeat.SliceMark mark, Tenants told) {
    boolean tells = isTelling && phase == Phase.READY;
    return new Heartbeat(
        config.version(), own.number(), phase, tells, label, peers.size(), mark, told);
  }

  private void onSent(long sent, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BrokerRefusedException) {
      own.takeBack(sent);
    }
  }

  private void receive(ControlMessage message) {
    assert loop.inLoop();
    try {
      Heartbeat heartbeat = Heartbeat.decode(message.payload(), config.version());
      if (hub.isOwn(message)) {
        hearOwn(heartbeat);
      } else {
        hear(message.id().node(), heartbeat);
      }
    } catch (IOException malformed) {
      log.debug("A heartbeat of {} can't be read", message.id().node(), malformed);
    }
  }

  private void hearOwn(Heartbeat heartbeat) {
    own.hear(heartbeat.number(), nanoClock.getAsLong());
    if (own.isProbeBack()) {
      hearing.hearOwn(peers.values());
    }
  }

  private void hear(Incarnation node, Heartbeat heartbeat) {
    if (departed.isLeft(node)) {
      return;
    }
    if (!heartbeat.isUnderstoodBy(config.version())) {
      hearIncompatible(node, heartbeat);
      return;
    }
    tenants.compare(node, heartbeat.label(), heartbeat.tenants());
    Peer peer = peers.get(node);
    if (heartbeat.phase() == Phase.LEAVING) {
      letGo(node, peer, heartbeat);
    } else if (peer == null) {
      welcome(node, heartbeat);
      listener.onHeartbeat(node, heartbeat);
    } else if (heartbeat.number() > peer.last().number()) {
      long since = peer.heardNanos();
      long now = nanoClock.getAsLong();
      long missed = peer.hear(heartbeat, now);
      live.heard(node, now);
      if (missed > 0) {
        reportGap(heartbeat, missed + " of its heartbeats are missing", since);
      }
      listener.onHeartbeat(node, heartbeat);
    }
    hearing.onPeer(peers.values());
  }

  private void hearIncompatible(Incarnation node, Heartbeat heartbeat) {
    if (heartbeat.phase() == Phase.LEAVING) {
      departed.hasLeft(node);
    }
    if (incompatible.hear(node, heartbeat, nanoClock.getAsLong())) {
      greetSoon();
    }
    stayOutOrJoin();
  }

  private void stayOutOrJoin() {
    Phase before = phase;
    if (before == Phase.JOINING || before == Phase.KEPT_OUT) {
      phase = incompatible.keepOut() ? Phase.KEPT_OUT : Phase.JOINING;
    }
    if (phase != before) {
      log.warn(
          phase == Phase.KEPT_OUT
              ? "This node takes no clients while a node lives that it does not understand"
              : "No node keeps this node out any more; it joins");
    }
  }

  private void letGo(Incarnation node, @Nullable Peer peer, Heartbeat last) {
    departed.hasLeft(node);
    if (peer != null) {
      peers.remove(node);
      live.gone(node);
      log.info("Node {} ({}) has left; {} other nodes are left", last.label(), node, peers.size());
      listener.onGone(node, nanoClock.getAsLong());
    }
  }

  private void welcome(Incarnation node, Heartbeat heartbeat) {
    long now = nanoClock.getAsLong();
    peers.put(node, new Peer(node, heartbeat, now));
    live.heard(node, now);
    log.info("Node {} ({}) is there; {} other nodes", heartbeat.label(), node, peers.size());
    if (heartbeat.label().equals(label)) {
      warnOfLabel();
    }
    Peer before = departed.comeBack(node);
    if (before != null) {
      reportGap(heartbeat, "it was not heard for a while", before.heardNanos());
    }
    listener.onCame(node);
    greetSoon();
  }

  private void greetSoon() {
    if (!isGreeting) {
      isGreeting = true;
      loop.schedule(this::greet, greetingDelay());
    }
  }

  private Duration greetingDelay() {
    return config.interval().dividedBy(GREETINGS_PER_INTERVAL);
  }

  /** Newcomers need not wait for the next tick to know this node. */
  private void greet() {
    isGreeting = false;
    if (phase != Phase.LEAVING) {
      beat(tenants.toTell());
    }
  }

  private void reportGap(Heartbeat heartbeat, String reason, long sinceNanos) {
    hub.reportGap(
        "messages of node %s: %s".formatted(heartbeat.label(), reason),
        Duration.ofNanos(nanoClock.getAsLong() - sinceNanos));
  }

  private void warnOfLabel() {
    if (!hasWarnedOfItsLabel) {
      hasWarnedOfItsLabel = true;
      log.warn(
          "Another node has this node's name, {}: give each node its own, so that people can tell"
              + " them apart",
          label);
    }
  }

  /** Says in heartbeats that this node takes clients from now on. */
  public void becomeReady() {
    assert loop.inLoop();
    phase = Phase.READY;
    beat(Tenants.NONE);
  }

  /**
   * Tells the others that this node leaves. Any thread.
   *
   * @return completes when the bus has the message, or exceptionally when it can't be sent
   */
  public CompletionStage<Void> leave() {
    return CompletableFuture.supplyAsync(
            () -> {
              listener.onBeat();
              phase = Phase.LEAVING;
              own.next();
              return hub.control(
                  HEARTBEAT, heartbeat(Heartbeat.SliceMark.NOTHING, Tenants.NONE).encode());
            },
            loop)
        .thenCompose(sent -> sent);
  }

  /**
   * Whether all nodes that live are known: this node hears itself, every node that hears it has had
   * the time to greet it, and either every peer knows as many nodes as this one does, or there was
   * time enough to hear everybody.
   */
  public boolean knowsAll() {
    assert loop.inLoop();
    if (!own.hasReturned()) {
      return false;
    }
    long waited = nanoClock.getAsLong() - own.firstHeardNanos();
    if (waited >= config.interval().multipliedBy(2).toNanos()) {
      return true;
    }
    if (waited < greetingDelay().multipliedBy(2).toNanos()) {
      return false;
    }
    Collection<Peer> all = peers.values();
    return !all.isEmpty() && all.stream().allMatch(peer -> peer.last().peers() == all.size());
  }

  /** The other nodes that live, for a broker. Any thread. */
  public Peers live() {
    return live;
  }

  /** Tells the broker that all nodes that live are known, or that waiting for them is over. */
  public void becomeKnowing() {
    assert loop.inLoop();
    live.complete();
  }

  /** Whether this node must take no clients because of a node that is too far apart in version. */
  public boolean isKeptOut() {
    assert loop.inLoop();
    return phase == Phase.KEPT_OUT;
  }

  /**
   * A node that lives and is too far apart in version; if there are several, one that keeps this
   * node out before another. Any thread.
   */
  public Optional<Incompatibility> incompatibility() {
    return incompatible.worst();
  }

  /** Whether a heartbeat of this node has come back through the bus, at any time. */
  public boolean hasHeardItself() {
    assert loop.inLoop();
    return own.hasReturned();
  }

  /**
   * For how long this node hears itself or a peer no more; zero while it hears all of them. Any
   * thread.
   */
  public Duration deafness() {
    return hearing.deafness(hub.isBusUp());
  }

  /** For how many tenants another node has told another secret. */
  public int tenantWarnings() {
    assert loop.inLoop();
    return tenants.warnings();
  }

  /**
   * When this node has sent the last heartbeat of which it knows that the bus has carried it; its
   * start, if there is none.
   */
  public long carriedNanos() {
    assert loop.inLoop();
    return own.carriedNanos();
  }

  /** This node, as it hears itself through the bus. */
  public Sighting self() {
    assert loop.inLoop();
    Duration silence = Duration.ofNanos(nanoClock.getAsLong() - own.heardNanos());
    return new Sighting(hub.incarnation(), label, config.version(), phase, silence);
  }

  /** The other nodes that live, by their labels. */
  public List<Sighting> others() {
    assert loop.inLoop();
    long now = nanoClock.getAsLong();
    return peers.values().stream().map(peer -> peer.seen(now)).sorted(Sighting.ORDER).toList();
  }

  /** The nodes that live and are too far apart in version, by their labels. */
  public List<Sighting> incompatible() {
    assert loop.inLoop();
    return incompatible.seen(nanoClock.getAsLong());
  }

  /**
   * Nodes that have fallen silent and were not heard again, the last one first.
   *
   * @param within older ones are left out
   */
  public List<Sighting> gone(Duration within) {
    assert loop.inLoop();
    return departed.silent(within, nanoClock.getAsLong());
  }

  /** Says in heartbeats that this node tells the outside about channels from now on. */
  public void becomeTelling() {
    assert loop.inLoop();
    isTelling = true;
    beat(Tenants.NONE);
  }

  /** The other nodes that live and tell the outside about channels. */
  public List<Incarnation> tellingPeers() {
    assert loop.inLoop();
    return peers.values().stream().filter(peer -> peer.last().isTelling()).map(Peer::node).toList();
  }

  /** The other nodes that live. */
  public List<Incarnation> peers() {
    assert loop.inLoop();
    return List.copyOf(peers.keySet());
  }
}

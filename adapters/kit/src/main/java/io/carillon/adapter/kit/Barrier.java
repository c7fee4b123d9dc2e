package io.carillon.adapter.kit;

import io.carillon.adapter.kit.BarrierTick.Ask;
import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when publications of all live nodes come here, where the broker's own answer to a
 * subscription does not prove it: a broker of several servers, which tell each other of
 * subscriptions later.
 *
 * <p><b>How.</b> The node sends a question behind its subscriptions, on the connection that carries
 * them. A server passes subscriptions and messages on to another server in their order. So the
 * other node receives the question, by the connection by which it publishes, when its own server
 * has the subscriptions. It answers by the connection that carries its own subscriptions, to the
 * connection by which the asking node publishes. So when the answer is here, this node's server has
 * all subscriptions that the other node had before. One exchange proves both directions. Questions
 * are numbered, and an answer stands for all questions up to its number.
 *
 * <p><b>Which nodes are asked.</b> This one, all nodes that live, and each node that has asked a
 * moment ago: it may be too new to be known otherwise. {@link #asked} comes before the answer is
 * sent, so a node that publishes after the answer is either behind all subscriptions that were sent
 * before it, or asked about the later ones.
 *
 * <p><b>Silent nodes.</b> A late node ({@link Peers#isLate}) is given up after {@link #TICK}: it
 * may have been stopped, and must not hold up the subscribes of others. It then owes an answer, and
 * is not waited for while it is late. When it answers or is gone, a gap is reported from when it
 * was given up.
 *
 * <p><b>Absent nodes.</b> A node of which the broker says that it is not there is not waited for.
 * When it is back by a new link, it asks before it publishes. If it answers without that, its link
 * was there all the time and the servers were not connected: a gap is reported. So no node answers
 * by a link before it has asked by it. See {@link Occasion} for the rest.
 *
 * <p>One for each link. Any thread may call; no method but {@link #await} blocks.
 */
public final class Barrier {

  /** How often silent nodes are asked again and looked at. */
  static final Duration TICK = Duration.ofMillis(100);

  /** Nodes that are not waited for are asked again after so many ticks. */
  private static final int DEBT_TICKS = 10;

  /** How much longer than its patience a call of {@link #await} may take. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Barrier.class);

  private final LiveNodes live;
  private final BarrierWire wire;
  private final BarrierReport report;
  private final BarrierCounters counters;
  private final LongSupplier nanoClock;
  private final InstantSource clock;
  private final Timer timer;
  private final CompletableFuture<String> lost;

  private final Lock lock = new ReentrantLock();
  private final TreeMap<Long, BarrierRound> rounds = new TreeMap<>();
  private final Debtors debtors = new Debtors();

  /** The nodes that are not there. Each owes any answer, unless it comes back by a new link. */
  private final Debtors absentees = new Debtors();

  private long lastNumber;
  private long ticks;
  private boolean isTicking;

  Barrier(
      Environment environment,
      Incarnation self,
      Peers peers,
      BarrierWire wire,
      BarrierReport report,
      BarrierCounters counters,
      Timer timer,
      CompletableFuture<String> lost) {
    this.live = new LiveNodes(self, peers);
    this.wire = wire;
    this.report = report;
    this.counters = counters;
    this.nanoClock = environment.nanoClock();
    this.clock = environment.clock();
    this.timer = timer;
    this.lost = lost;
  }

  /**
   * Asks all nodes, and waits until every live one has answered or is given up.
   *
   * @throws UnconfirmedException if a live node did not answer in time
   * @throws IOException if the link is lost meanwhile
   */
  public void await(Occasion occasion) throws IOException, UnconfirmedException {
    CompletableFuture<Void> done = ask(occasion);
    long limit = occasion.patience().plus(MARGIN).toNanos();
    try {
      CompletableFuture.anyOf(done, lost).get(limit, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnconfirmedException unconfirmed) {
        throw unconfirmed;
      }
      throw new IOException("the other nodes could not be asked", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("waiting for other nodes took too long", e);
    }
    if (!done.isDone()) {
      throw new IOException("the connection was lost: " + lost.join());
    }
  }

  /**
   * Asks all nodes.
   *
   * @return completes when every live one has answered or is given up; exceptionally with what
   *     {@link #await} throws, and never when the link is lost
   */
  public CompletableFuture<Void> ask(Occasion occasion) {
    BarrierRound round;
    List<Incarnation> late = new ArrayList<>();
    lock.lock();
    try {
      round = begin(occasion);
      round.missing.stream().filter(node -> live.isLate(node, round.beganNanos)).forEach(late::add);
    } finally {
      lock.unlock();
    }
    try {
      wire.askAll(round.number, occasion);
      for (Incarnation node : late) {
        wire.ask(round.number, occasion, node);
      }
    } catch (IOException e) {
      end(round, e);
    }
    return round.done;
  }

  private BarrierRound begin(Occasion occasion) {
    long now = nanoClock.getAsLong();
    BarrierRound round = new BarrierRound(++lastNumber, occasion, now);
    for (Incarnation node : live.all(now)) {
      if (occasion == Occasion.SUBSCRIBING && absentees.has(node)) {
        continue;
      }
      if (debtors.has(node) && live.isLate(node, now)) {
        debtors.add(node, round.number, clock.instant());
      } else {
        round.missing.add(node);
      }
    }
    rounds.put(round.number, round);
    counters.waiting.add(round.missing.size());
    planTick();
    return round;
  }

  /**
   * Another node, or this one, has asked. Called before the answer is sent, on the connection that
   * carries this node's subscriptions.
   *
   * @param why the occasion of that node
   */
  public void asked(Incarnation node, Occasion why) {
    Debtors.@Nullable Debt absence;
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      live.asked(node, now);
      absence = absentees.writeOff(node);
    } finally {
      lock.unlock();
    }
    if (why == Occasion.SUBSCRIBING) {
      report(node, absence);
    }
  }

  /** A node has answered all questions up to this one. */
  public void answered(Incarnation node, long number) {
    List<BarrierRound> done = new ArrayList<>();
    Debtors.@Nullable Debt paid;
    Debtors.@Nullable Debt absence;
    lock.lock();
    try {
      for (BarrierRound round : rounds.headMap(number, true).values()) {
        forget(round, node, done);
      }
      done.forEach(round -> rounds.remove(round.number));
      paid = debtors.pay(node, number);
      absence = absentees.writeOff(node);
    } finally {
      lock.unlock();
    }
    done.forEach(this::complete);
    report(node, paid);
    report(node, absence);
  }

  /**
   * The broker says that a node that was asked is not there. A round for which that does not count
   * yet asks the node again, so the broker's latest word decides.
   */
  public void absent(Incarnation node) {
    List<BarrierRound> done = new ArrayList<>();
    Debtors.@Nullable Debt lostDebt;
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      absentees.add(node, 0, clock.instant());
      for (BarrierRound round : rounds.values()) {
        if (round.doesAbsenceCount(now)) {
          forget(round, node, done);
        }
      }
      done.forEach(round -> rounds.remove(round.number));
      lostDebt = debtors.writeOff(node);
      planTick();
    } finally {
      lock.unlock();
    }
    done.forEach(this::complete);
    report(node, lostDebt);
  }

  /** The link is lost: reports what may have been missed before. */
  public void close() {
    Map<Incarnation, Debtors.Debt> open = new HashMap<>();
    lock.lock();
    try {
      rounds.values().forEach(round -> counters.waiting.add(-round.missing.size()));
      rounds.clear();
      for (Incarnation node : debtors.nodes()) {
        Debtors.@Nullable Debt debt = debtors.writeOff(node);
        if (debt != null) {
          open.put(node, debt);
        }
      }
    } finally {
      lock.unlock();
    }
    open.forEach(this::report);
  }

  /** With the lock held. */
  private void forget(BarrierRound round, Incarnation node, List<BarrierRound> done) {
    if (round.missing.remove(node)) {
      counters.waiting.decrement();
      if (round.missing.isEmpty()) {
        done.add(round);
      }
    }
  }

  /** With the lock held. */
  private void planTick() {
    if (!isTicking) {
      isTicking = true;
      timer.after(TICK.toNanos(), this::tick);
    }
  }

  private void tick() {
    BarrierTick tick = new BarrierTick();
    lock.lock();
    try {
      isTicking = false;
      if (lost.isDone()) {
        return;
      }
      ticks++;
      long now = nanoClock.getAsLong();
      Set<Incarnation> expected = live.all(now);
      rounds.values().forEach(round -> look(round, expected, now, tick));
      tick.done.forEach(round -> rounds.remove(round.number));
      tick.failed.keySet().forEach(round -> rounds.remove(round.number));
      lookAtUnheard(expected, tick);
      if (!rounds.isEmpty() || !debtors.isEmpty() || !absentees.isEmpty()) {
        planTick();
      }
    } finally {
      lock.unlock();
    }
    tick.done.forEach(this::complete);
    tick.failed.forEach(this::end);
    tick.reports.forEach(this::report);
    tick.questions.forEach(this::askAgain);
  }

  /** With the lock held. */
  private void look(BarrierRound round, Set<Incarnation> expected, long now, BarrierTick tick) {
    for (Incarnation node : List.copyOf(round.missing)) {
      if (!expected.contains(node)) {
        forget(round, node, tick.done);
      } else if (live.isLate(node, now)
          || (round.occasion == Occasion.JOINING && !round.isPatient(now))) {
        giveUp(round, node, tick);
      } else {
        tick.questions.put(node, new Ask(round.number, round.occasion));
      }
    }
    if (!round.missing.isEmpty() && !round.isPatient(now)) {
      counters.waiting.add(-round.missing.size());
      tick.failed.put(
          round,
          new UnconfirmedException("nodes that have not confirmed: " + List.copyOf(round.missing)));
    }
  }

  private void giveUp(BarrierRound round, Incarnation node, BarrierTick tick) {
    if (!debtors.has(node)) {
      log.info("Node {} is silent; this node no longer waits for its confirmations", node);
    }
    debtors.add(node, round.number, clock.instant());
    counters.givenUp.increment();
    forget(round, node, tick.done);
  }

  /** With the lock held. */
  private void lookAtUnheard(Set<Incarnation> expected, BarrierTick tick) {
    for (Incarnation node : debtors.nodes()) {
      if (!expected.contains(node)) {
        Debtors.@Nullable Debt debt = debtors.writeOff(node);
        if (debt != null) {
          tick.reports.put(node, debt);
        }
      } else if (ticks % DEBT_TICKS == 0) {
        askLater(node, debtors.number(node), tick);
      }
    }
    for (Incarnation node : absentees.nodes()) {
      if (!expected.contains(node)) {
        absentees.writeOff(node); // Membership reports when it is back.
      } else if (ticks % DEBT_TICKS == 0) {
        askLater(node, lastNumber, tick);
      }
    }
  }

  private static void askLater(Incarnation node, long number, BarrierTick tick) {
    tick.questions.putIfAbsent(node, new Ask(number, Occasion.SUBSCRIBING));
  }

  private void askAgain(Incarnation node, Ask ask) {
    try {
      wire.ask(ask.number(), ask.occasion(), node);
    } catch (IOException e) {
      log.debug("Node {} could not be asked", node, e); // The link is about to be lost.
    }
  }

  private void complete(BarrierRound round) {
    counters.durations.add(nanoClock.getAsLong() - round.beganNanos);
    round.done.complete(null);
  }

  private void end(BarrierRound round, Exception failure) {
    counters.durations.add(nanoClock.getAsLong() - round.beganNanos);
    counters.failed.increment();
    round.done.completeExceptionally(failure);
  }

  private void report(Incarnation node, Debtors.@Nullable Debt debt) {
    if (debt != null) {
      counters.gaps.increment();
      report.missed(
          "node %s could not be asked while this node subscribed".formatted(node),
          debt.since(),
          clock.instant());
    }
  }
}

package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * One case: a number of messages at once to each channel of a layout, and the next round when all
 * subscribers have received them.
 */
record Case(Layout layout, int payload, int batch) {

  private static final int SMALL = 128;
  private static final int LARGE = 1024;

  private static final Layout THOUSAND =
      new Layout("1k", "1,000 subscribers of one channel", 1_000, 1_000, 1);
  private static final Layout TEN_THOUSAND =
      new Layout("10k", "10,000 subscribers of one channel", 10_000, 10_000, 1);
  private static final Layout CHANNELS =
      new Layout("channels", "1,000 channels of 10 subscribers", 10_000, 10_000, 1_000);
  private static final Layout IDLE =
      new Layout(
          "idle", "1,000 subscribers of one channel among 10,000 connections", 10_000, 1_000, 1);

  /** The case's name in {@code CASES} and in the results. */
  String name() {
    return "%s-b%d-%d".formatted(layout.name(), batch, payload);
  }

  /** A column's head: the batch and, if it is not the usual one, the payload. */
  String head() {
    return "B=" + batch + (payload == SMALL ? "" : ", 1 KB");
  }

  long deliveriesPerRound() {
    return (long) layout.listening() * batch;
  }

  /** In the order in which they are run and shown: within a layout, B grows for each payload. */
  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    add(all, THOUSAND, SMALL, 1, 10, 100);
    add(all, THOUSAND, LARGE, 1, 10);
    add(all, TEN_THOUSAND, SMALL, 1, 10, 100);
    add(all, TEN_THOUSAND, LARGE, 1, 10);
    add(all, CHANNELS, SMALL, 1, 10);
    add(all, IDLE, SMALL, 1, 10);
    return List.copyOf(all);
  }

  static Case small(Layout layout, int batch) {
    return new Case(layout, SMALL, batch);
  }

  private static void add(List<Case> all, Layout layout, int payload, int... batches) {
    for (int batch : batches) {
      all.add(new Case(layout, payload, batch));
    }
  }
}

package io.carillon.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A node's answer about its cluster as a table for people. */
final class NodesTable {

  private static final List<String> TITLES =
      List.of(
          "NODE",
          "INCARNATION",
          "VERSION",
          "PHASE",
          "HEARD",
          "CHANNELS",
          "SUBSCRIPTIONS",
          "MEMBERS",
          "KIB",
          "KNOWN");

  /** Numbers stand to the right. */
  private static final List<Integer> RIGHT = List.of(2, 4, 5, 6, 7, 8);

  /** Enough digits to tell nodes apart. */
  private static final int INCARNATION_DIGITS = 8;

  private static final String NOTHING = "-";

  private NodesTable() {}

  /** The table with a line above it that says how the node that answers is. */
  static String of(NodesReply reply) {
    NodesReply self = reply.object("self").orElse(reply);
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    rows.add(row(self, label(self) + " *", "itself"));
    for (NodesReply peer : reply.objects("peers")) {
      rows.add(row(peer, label(peer), known(peer)));
    }
    for (NodesReply incompatible : reply.objects("incompatible")) {
      rows.add(row(incompatible, label(incompatible), "too far apart in version"));
    }
    for (NodesReply gone : reply.objects("gone")) {
      rows.add(row(gone, label(gone), "gone"));
    }
    return summary(reply, label(self)) + "\n" + aligned(rows);
  }

  private static String summary(NodesReply reply, String node) {
    int nodes = 1 + reply.objects("peers").size();
    long age = reply.number("view_age_ms");
    return "Cluster %s, as %s * sees it: %s, %d %s, %s%n"
        .formatted(
            reply.text("cluster"),
            node,
            reply.text("status"),
            nodes,
            nodes == 1 ? "node" : "nodes",
            age == 0 ? "up to date" : "from " + seconds(age) + " ago");
  }

  private static List<String> row(NodesReply node, String label, String known) {
    Optional<NodesReply> slice = node.object("slice");
    return List.of(
        label,
        shortened(node.text("incarnation")),
        node.text("version"),
        node.text("phase"),
        seconds(node.number("heard_ms_ago")),
        slice.map(it -> it.text("channels")).orElse(NOTHING),
        slice.map(it -> it.text("subscriptions")).orElse(NOTHING),
        slice.map(it -> it.text("members")).orElse(NOTHING),
        slice.map(it -> String.valueOf((it.number("bytes") + 1023) / 1024)).orElse(NOTHING),
        known);
  }

  /** A label may be any text, also one with an end of a line. */
  private static String label(NodesReply node) {
    return node.text("label").replaceAll("\\p{Cntrl}", "?");
  }

  private static String shortened(String incarnation) {
    return incarnation.length() <= INCARNATION_DIGITS
        ? incarnation
        : incarnation.substring(0, INCARNATION_DIGITS);
  }

  private static String known(NodesReply peer) {
    return peer.object("slice")
        .map(
            slice -> {
              String lag = slice.number("lag") == 0 ? "" : ", " + slice.number("lag") + " behind";
              return (slice.text("complete").equals("true") ? "whole" : "in part") + lag;
            })
        .orElse(NOTHING);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String space = " ".repeat(width(rows, column) - cell.length());
        line.append(column == 0 ? "" : "  ");
        line.append(RIGHT.contains(column) ? space + cell : cell + space);
      }
      table.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return table.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}

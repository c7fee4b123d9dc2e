package io.carillon.benchmark.view;

import io.carillon.benchmark.peers.Machine;
import io.carillon.benchmark.peers.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the page and the plot of the stored figures. */
public final class ViewPage {

  private static final int CHANGES_PER_SECOND = 1_000;
  private static final double MEBIBYTE = 1 << 20;

  private ViewPage() {}

  /**
   * @param args the folder with {@code view.json}, in which the page is written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    ViewResults results = ViewResults.read(folder.resolve("view.json"));
    Files.writeString(folder.resolve("view.md"), of(results));
    StormResult storm = results.storm();
    if (storm != null) {
      Files.writeString(folder.resolve("view.svg"), StormPlot.of(storm));
    }
    System.out.println("Written: " + folder.resolve("view.md"));
  }

  private static String of(ViewResults results) throws IOException {
    StringBuilder page = new StringBuilder(ViewTexts.HEAD);
    page.append(ViewTexts.COST).append(costs(results.costs())).append(ViewTexts.GROWTH);
    page.append(ViewTexts.MEMORY).append(memory(results.memory())).append(ViewTexts.BOUND);
    page.append(storm(results.storm()));
    Table machine = Table.ofTexts(List.of("", ""));
    Machine.describe().forEach((name, value) -> machine.row(List.of(name, value)));
    return page.append("## The machine\n\n").append(machine).toString();
  }

  private static Table costs(List<ViewCost> costs) {
    Table table =
        Table.ofFigures(
            List.of(
                "nodes",
                "channels",
                "idle: bytes/s of a node",
                "1,000 changes/s: bytes/s of a node",
                "bytes of a change, for each node",
                "CPU of a node at 1,000 changes/s",
                "CPU of a change on each node, many in a delta",
                "bytes for a newcomer",
                "CPU for a newcomer, all nodes"));
    for (ViewCost cost : costs) {
      double change = (double) (cost.busyBytes() - cost.idleBytes()) / CHANGES_PER_SECOND;
      table.row(
          List.of(
              "%,d".formatted(cost.nodes()),
              "%,d".formatted(cost.channels()),
              "%,d".formatted(cost.idleBytes()),
              "%,d".formatted(cost.busyBytes()),
              figure("%.0f", change),
              figure("%.2f %%", 100 * cost.busyCpu()),
              figure("%.1f µs", cost.fillMicros()),
              "%,d".formatted(cost.joinBytes()),
              figure("%.2f s", cost.joinCpuSeconds())));
    }
    return table;
  }

  private static Table memory(List<ViewMemory> memory) {
    Table table =
        Table.ofFigures(
            List.of(
                "bytes of",
                "replica",
                "rosters, on top",
                "own slice, on the node that has it",
                "estimate"));
    for (ViewMemory each : memory) {
      table.row(
          List.of(
              each.thing(),
              figure("%.0f", each.replica()),
              figure("%.0f", each.roster()),
              figure("%.0f", each.owner()),
              figure("%.0f", each.estimate())));
    }
    return table;
  }

  private static String storm(@Nullable StormResult storm) {
    if (storm == null) {
      return "";
    }
    Table table = Table.ofTexts(List.of("what", "figure"));
    row(table, "members, nodes", "%,d, %d".formatted(storm.members(), storm.nodes()));
    row(table, "until all are subscribed", figure("%.1f s", storm.joinedSeconds()));
    row(table, "until all know all", figure("%.1f s", storm.completeSeconds()));
    row(table, "deltas of all nodes, each to two nodes", "%,d".formatted(storm.deltas()));
    row(table, "their payload", "%,d bytes".formatted(storm.deltaBytes()));
    row(table, "slices that were asked for", "%,d".formatted(storm.snapshots()));
    row(table, "members reported gone, to all clients together", "%,d".formatted(storm.removed()));
    row(table, "largest delay of an event loop", figure("%.2f s", storm.worstLagSeconds()));
    row(table, "largest age of a view", figure("%.2f s", storm.viewAgeSeconds()));
    row(table, "CPU of the nodes", figure("%.1f s", storm.cpuSeconds()));
    row(table, "CPU of the clients", figure("%.1f s", storm.loadCpuSeconds()));
    row(table, "received by the clients", figure("%,.0f MiB", storm.receivedBytes() / MEBIBYTE));
    row(table, "load average of the machine before", figure("%.1f", storm.loadAverage()));
    return ViewTexts.STORM + table + ViewTexts.STORM_MEANING;
  }

  private static void row(Table table, String what, String figure) {
    table.row(List.of(what, figure));
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

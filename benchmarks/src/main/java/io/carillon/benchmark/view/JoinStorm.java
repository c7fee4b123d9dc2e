package io.carillon.benchmark.view;

import io.carillon.benchmark.view.NodeFigures.Sample;
import io.carillon.benchmark.view.StormResult.Point;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;

/**
 * A join storm: all clients of several nodes subscribe to one presence channel at once. It ends
 * when every client knows every member. All clients are on one thread; one more asks for the
 * metrics of the nodes each second.
 */
public final class JoinStorm {

  private static final String CHANNEL = "presence-storm";
  private static final int WARM_UP_MEMBERS = 300;
  private static final double POINTS_PER_SECOND = 10;
  private static final double PATIENCE_SECONDS = 300;

  private final List<NodeFigures> nodes;
  private final App app;
  private final double loadAverage;
  private final DoubleAccumulator worstLag = new DoubleAccumulator(Math::max, 0);
  private final DoubleAccumulator viewAge = new DoubleAccumulator(Math::max, 0);

  private JoinStorm(List<NodeFigures> nodes, App app, double loadAverage) {
    this.nodes = nodes;
    this.app = app;
    this.loadAverage = loadAverage;
  }

  /**
   * @param args the number of members, the results' file, the app's key and secret, and {@code
   *     port:metrics port:process id} of each node
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int members = Integer.parseInt(args[0]);
    Path file = Path.of(args[1]);
    List<NodeFigures> nodes = Arrays.stream(args).skip(4).map(NodeFigures::parse).toList();
    App app = new App(args[2], args[3]);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    new JoinStorm(nodes, app, load).storm(WARM_UP_MEMBERS, CHANNEL + "-before");
    StormResult result = new JoinStorm(nodes, app, load).storm(members, CHANNEL);
    ViewResults.read(file).with(result).write(file);
    System.out.printf(
        "%,d members on %d nodes: subscribed after %.1f s, all know all after %.1f s;"
            + " %,d deltas of %,d bytes; worst lag %.2f s%n",
        result.members(),
        result.nodes(),
        result.joinedSeconds(),
        result.completeSeconds(),
        result.deltas(),
        result.deltaBytes(),
        result.worstLagSeconds());
  }

  private StormResult storm(int members, String channel) throws IOException, InterruptedException {
    try (Crowd crowd = new Crowd(app, members);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
      crowd.connect(nodes.stream().map(NodeFigures::port).toList());
      for (NodeFigures node : nodes) {
        node.collect();
      }
      List<Sample> before = samples();
      double cpu = cpuSeconds();
      double loadCpu = loadCpuSeconds();
      long bytes = crowd.bytes();
      ScheduledFuture<?> watching = watch.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);

      long start = System.nanoTime();
      crowd.subscribe(channel);
      List<Point> points = new ArrayList<>();
      double joined = 0;
      while (crowd.complete() < members) {
        double next = points.size() / POINTS_PER_SECOND;
        crowd.readUntil(() -> since(start) >= next || crowd.complete() == members);
        joined = joined == 0 && crowd.joined() == members ? since(start) : joined;
        points.add(new Point(since(start), (double) crowd.joined() / members, crowd.share()));
        if (since(start) > PATIENCE_SECONDS) {
          throw new IOException("%d of %d members know all".formatted(crowd.complete(), members));
        }
      }
      double complete = since(start);
      double usedCpu = cpuSeconds() - cpu;
      double usedLoadCpu = loadCpuSeconds() - loadCpu;
      watching.cancel(false);
      watch.submit(this::look).get();
      List<Sample> after = samples();
      return new StormResult(
          nodes.size(),
          members,
          loadAverage,
          joined,
          complete,
          difference(before, after, "cluster_deltas_total"),
          difference(before, after, "cluster_delta_bytes_total"),
          difference(before, after, "cluster_snapshots_asked_total"),
          crowd.removed(),
          worstLag.get(),
          viewAge.get(),
          usedCpu,
          usedLoadCpu,
          crowd.bytes() - bytes,
          points);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void look() {
    try {
      for (Sample sample : samples()) {
        worstLag.accumulate(sample.max("event_loop_lag_seconds"));
        viewAge.accumulate(sample.max("cluster_view_age_seconds"));
      }
    } catch (IOException e) {
      System.err.println("no metrics: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Sample> samples() throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (NodeFigures node : nodes) {
      samples.add(node.sample());
    }
    return samples;
  }

  private static long difference(List<Sample> before, List<Sample> after, String metric) {
    double sum = 0;
    for (int i = 0; i < after.size(); i++) {
      sum += after.get(i).sum(metric) - before.get(i).sum(metric);
    }
    return Math.round(sum);
  }

  private double cpuSeconds() throws IOException {
    double sum = 0;
    for (NodeFigures node : nodes) {
      sum += node.cpuSeconds();
    }
    return sum;
  }

  private static double loadCpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}

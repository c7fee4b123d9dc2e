package io.carillon.view;

import io.carillon.membership.Incompatibility;
import io.carillon.metrics.MetricSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The metrics of a node among others. */
public final class ClusterMetrics {

  public static final MetricSet<ViewStats> SET =
      MetricSet.<ViewStats>builder()
          .gauge(
              "cluster_joined",
              "1 when the node knows what the other nodes hold, or there are none; else 0.",
              stats -> stats.size().isReady() ? 1 : 0)
          .gauge(
              "cluster_peers", "Other nodes that this node hears.", stats -> stats.size().peers())
          .gauge(
              "cluster_incomplete_peers",
              "Other nodes whose channels and members this node does not know completely just now.",
              stats -> stats.size().incomplete())
          .gauge(
              "cluster_view_channels",
              "Channels in the view, once for each node that has them.",
              stats -> stats.size().channels())
          .gauge(
              "cluster_view_members",
              "Members in the view, once for each node that has them.",
              stats -> stats.size().members())
          .gauge(
              "cluster_view_bytes",
              "Memory that the view takes, roughly, in bytes.",
              stats -> stats.size().bytes())
          .counter(
              "cluster_deltas_total",
              "Messages that told the other nodes what has changed on this one.",
              ViewStats::deltas)
          .counter(
              "cluster_delta_bytes_total",
              "The payload bytes of these messages.",
              ViewStats::deltaBytes)
          .counter(
              "cluster_snapshots_sent_total",
              "How often another node has asked for everything that this node holds.",
              ViewStats::snapshotsSent)
          .counter(
              "cluster_snapshots_asked_total",
              "How often this node has asked another node for everything that it holds.",
              ViewStats::snapshotsAsked)
          .counter(
              "cluster_differences_total",
              "How often a digest has shown that this node knew another node wrongly; more than 0"
                  + " is a bug.",
              ViewStats::differences)
          .counter(
              "cluster_infos_asked_total",
              "Infos of members that this node has asked other nodes for, because it has"
                  + " subscribers of the channel.",
              ViewStats::infosAsked)
          .counter(
              "cluster_info_bytes_total",
              "The payload bytes of the messages that told other nodes infos of this node's"
                  + " members.",
              ViewStats::infoBytes)
          .counter(
              "cluster_unreadable_messages_total",
              "Messages of other nodes about the cluster that could not be read.",
              ViewStats::unreadable)
          .build();

  public static final MetricSet<Duration> AGE =
      MetricSet.<Duration>builder()
          .gauge(
              "cluster_view_age_seconds",
              "How old the view is: since when the node hears itself or another node no more; 0"
                  + " while it hears all.",
              age -> age.toNanos() / 1e9)
          .build();

  public static final MetricSet<Optional<Incompatibility>> INCOMPATIBILITY =
      MetricSet.<Optional<Incompatibility>>builder()
          .gauge(
              "cluster_incompatible",
              "1 while the node hears one whose version is too far apart, else 0.",
              found -> found.isPresent() ? 1 : 0)
          .build();

  private ClusterMetrics() {}

  /** The declarations, for the documentation. */
  public static List<MetricSet<?>> declared() {
    return List.of(SET, AGE, INCOMPATIBILITY);
  }
}

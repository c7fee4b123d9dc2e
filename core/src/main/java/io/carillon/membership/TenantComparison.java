package io.carillon.membership;

import io.carillon.message.Incarnation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that another node has an app of this node with another secret, as happens when two
 * installations share a bus by mistake. Both nodes then warn, once for each app. Owned by the
 * cluster's loop.
 */
final class TenantComparison {

  private static final Logger log = LoggerFactory.getLogger(TenantComparison.class);

  /** No more warnings than this are remembered, and none is given beyond it. */
  private static final int MAX_WARNINGS = 1_000;

  private final Supplier<Map<String, Long>> own;
  private final Set<String> warned = new HashSet<>();

  /**
   * @param own the fingerprints of this node's tenants, by their ids
   */
  TenantComparison(Supplier<Map<String, Long>> own) {
    this.own = own;
  }

  /** What this node tells of its tenants. */
  Tenants toTell() {
    return Tenants.toTell(own.get());
  }

  /**
   * Compares what another node tells with this node's own.
   *
   * @param label the other node's name, for people
   */
  void compare(Incarnation node, String label, Tenants theirs) {
    if (theirs.fingerprints().isEmpty()) {
      return;
    }
    Map<String, Long> ours = toTell().fingerprints();
    theirs
        .fingerprints()
        .forEach(
            (id, fingerprint) -> {
              Long known = ours.get(id);
              if (known != null && !known.equals(fingerprint)) {
                warn(id, label, node);
              }
            });
  }

  /** How many differences there were. */
  int warnings() {
    return warned.size();
  }

  private void warn(String id, String label, Incarnation node) {
    if (warned.size() < MAX_WARNINGS && warned.add(id)) {
      log.warn(
          "{} on node {} ({}) than on this node: if the two are of different installations, give"
              + " each its own vhost or cluster.name; if not, give both nodes the same"
              + " configuration",
          Tenants.isAll(id) ? "The apps are others" : "The app %s has another secret".formatted(id),
          label,
          node);
    }
  }
}

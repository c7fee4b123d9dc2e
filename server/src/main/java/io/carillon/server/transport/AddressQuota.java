package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the WebSocket connections of each {@link ClientAddress#site}, up to a limit. Has entries
 * for connected clients only; has none if there is no limit. One per listener; any event loop.
 */
final class AddressQuota {

  private final int most;
  private final ConcurrentMap<ClientAddress, Integer> counts = new ConcurrentHashMap<>();

  /**
   * @param most the most connections of a site; {@link Integer#MAX_VALUE} for no limit
   */
  AddressQuota(int most) {
    this.most = most;
  }

  private boolean isUnlimited() {
    return most == Integer.MAX_VALUE;
  }

  /** Whether a client of this address finds no place. */
  boolean isFull(ClientAddress address) {
    return !isUnlimited() && counts.getOrDefault(address.site(), 0) >= most;
  }

  /** Counts a connection until it is closed, unless that exceeds the limit. */
  boolean tryAdd(ClientAddress address, Channel connection) {
    if (isUnlimited()) {
      return true;
    }
    ClientAddress site = address.site();
    if (counts.merge(site, 1, Integer::sum) > most) {
      remove(site);
      return false;
    }
    connection.closeFuture().addListener(closed -> remove(site));
    return true;
  }

  private void remove(ClientAddress site) {
    counts.computeIfPresent(site, (same, count) -> count == 1 ? null : count - 1);
  }

  /** How many sites have connections. */
  int sites() {
    return counts.size();
  }
}

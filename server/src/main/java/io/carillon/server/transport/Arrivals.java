package io.carillon.server.transport;

/**
 * What a listener asks about a client that arrives. One per listener.
 *
 * @param addresses the addresses of clients
 * @param proxyProtocol the beginning of connections
 * @param admission how many handshakes a second there may be
 * @param quota how many connections an address may have
 */
record Arrivals(
    ClientAddresses addresses,
    ProxyProtocol proxyProtocol,
    HandshakeAdmission admission,
    AddressQuota quota) {

  static Arrivals of(TransportConfig config, TransportCounters counters) {
    ClientAddresses addresses = new ClientAddresses(config.proxy(), counters);
    return new Arrivals(
        addresses,
        new ProxyProtocol(
            config.proxy().protocol(), addresses, new ProxyWarnings(counters, System::nanoTime)),
        new HandshakeAdmission(config.clients().handshakesPerSecond(), System::nanoTime),
        new AddressQuota(config.clients().maxPerAddress()));
  }
}

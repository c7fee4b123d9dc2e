package io.carillon.server.config;

import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.server.transport.ForwardedHeader;
import io.carillon.server.transport.Network;
import io.carillon.server.transport.ProxyConfig;
import io.carillon.server.transport.ProxyProtocolMode;
import java.util.List;

/** The keys about proxies in front of the node. */
final class ProxySettings {

  static final Setting<List<Network>> TRUSTED =
      Setting.of(
              "proxy.trusted",
              Formats.listOfSome(
                  Formats.made(
                      "an address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                      Network::of,
                      Network::toString)))
          .says(
              "The networks of the balancers in front of this node. Only these may tell the node",
              "the addresses of clients; what others say of addresses is ignored.");

  static final Setting<Integer> HOPS =
      Setting.of("proxy.hops", Formats.wholeNumber(0, ProxyConfig.MAX_HOPS))
          .defaultsTo(ProxyConfig.DEFAULTS.hops())
          .says(
              "How many proxies every request passes, if their networks are not known. Without",
              "proxy.trusted anybody who reaches the port itself can then claim any address.");

  static final Setting<ForwardedHeader> HEADER =
      Setting.of("proxy.header", Formats.oneOf(ForwardedHeader.class))
          .defaultsTo(ProxyConfig.DEFAULTS.header())
          .says(
              "The header in which the balancers write addresses. The other one is ignored, since",
              "most balancers pass it on as the client sent it.");

  static final Setting<Boolean> PROTOCOL =
      Setting.of("proxy.protocol", Formats.flag())
          .defaultsTo(false)
          .says(
              "Whether connections of proxy.trusted begin with the PROXY protocol, version 1 or 2.",
              "Then all of them have to, health checks included, and no other connection may.");

  private ProxySettings() {}

  static ProxyConfig of(Configuration values) {
    return new ProxyConfig(
        values.find(TRUSTED).orElse(ProxyConfig.DEFAULTS.trusted()),
        values.get(HOPS),
        values.get(HEADER),
        values.get(PROTOCOL) ? ProxyProtocolMode.REQUIRED : ProxyProtocolMode.OFF);
  }

  static void check(Configuration values, List<Problem> problems) {
    if (values.get(PROTOCOL) && values.find(TRUSTED).isEmpty()) {
      problems.add(
          values.problem(
              PROTOCOL,
              "true without proxy.trusted (expected: there the addresses of the balancers)"));
    }
  }
}

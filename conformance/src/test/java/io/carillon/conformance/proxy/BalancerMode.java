package io.carillon.conformance.proxy;

import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The configurations of HAProxy and nginx that are run. */
public enum BalancerMode {
  HAPROXY_HTTP("haproxy"),
  HAPROXY_HTTP_STICKY("haproxy --sticky"),
  HAPROXY_HTTP_PROXY("haproxy --proxy-protocol"),
  HAPROXY_HTTP_STICKY_PROXY("haproxy --sticky --proxy-protocol"),
  HAPROXY_TCP("haproxy --mode tcp --balance roundrobin"),
  HAPROXY_TCP_PROXY("haproxy --mode tcp --proxy-protocol"),
  NGINX_HTTP("nginx"),
  NGINX_HTTP_STICKY("nginx --sticky --balance roundrobin"),
  NGINX_TCP("nginx --mode tcp"),
  NGINX_TCP_PROXY("nginx --mode tcp --proxy-protocol");

  private final String words;

  /**
   * @param words the kind of the balancer and the options of the command, with spaces between
   */
  BalancerMode(String words) {
    this.words = words;
  }

  boolean isSticky() {
    return words.contains("--sticky");
  }

  boolean readsRequests() {
    return !words.contains("--mode");
  }

  /** Starts it in front of these nodes. */
  LoadBalancer start(List<Node> nodes) {
    List<String> addresses = PrintedConfiguration.addresses(nodes);
    if (words.contains("--proxy-protocol")) {
      return startBeforeReaders(addresses);
    }
    return run(addresses);
  }

  private LoadBalancer run(List<String> addresses) {
    int port = Ports.free();
    List<String> all = List.of(words.split(" ", -1));
    String kind = all.getFirst();
    PrintedConfiguration printed =
        PrintedConfiguration.of(kind, port, addresses, all.subList(1, all.size()));
    return kind.equals("nginx") ? NginxBalancer.start(port, printed) : HaProxy.start(port, printed);
  }

  /**
   * Before each node stands an HAProxy that takes only connections with a header of the PROXY
   * protocol, and removes it.
   */
  private LoadBalancer startBeforeReaders(List<String> addresses) {
    List<Integer> ports = new ArrayList<>();
    StringBuilder readers =
        new StringBuilder(
            """
            defaults
              mode tcp
              timeout connect 5s
              timeout client 1h
              timeout server 1h
            """);
    for (String address : addresses) {
      int port = Ports.free();
      ports.add(port);
      readers.append(
          """
          listen reader-%1$d
            bind 127.0.0.1:%1$d accept-proxy
            server node %2$s
          """
              .formatted(port, address));
    }
    HaProxy reader = HaProxy.run(ports.getFirst(), readers.toString());
    LoadBalancer balancer = run(ports.stream().map(port -> "127.0.0.1:" + port).toList());
    return new WithReaders(balancer, reader);
  }

  private record WithReaders(LoadBalancer balancer, HaProxy readers) implements LoadBalancer {
    @Override
    public URI url() {
      return balancer.url();
    }

    @Override
    public void close() {
      balancer.close();
      readers.close();
    }
  }
}

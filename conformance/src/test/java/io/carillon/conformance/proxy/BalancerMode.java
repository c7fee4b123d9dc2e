package io.carillon.conformance.proxy;

import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
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

  /** The address from which balancers speak the PROXY protocol to nodes. */
  static final String PROXY_SOURCE = "127.0.0.2";

  /** The flags of a node that takes the PROXY protocol from these balancers only. */
  static final String[] PROXY_FLAGS = {
    "--set=proxy.trusted=" + PROXY_SOURCE, "--set=proxy.protocol=true"
  };

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

  boolean usesProxyProtocol() {
    return words.contains("--proxy-protocol");
  }

  /** The balancer, as the command calls it. */
  String kind() {
    return words().getFirst();
  }

  private List<String> words() {
    return List.of(words.split(" ", -1));
  }

  /** The configuration of this mode, with further options of the command. */
  PrintedConfiguration print(int port, List<String> addresses, List<String> more) {
    List<String> options = new ArrayList<>(words().subList(1, words().size()));
    options.addAll(more);
    return PrintedConfiguration.of(kind(), port, addresses, options);
  }

  /**
   * Starts it in front of these nodes. With the PROXY protocol it connects from {@link
   * #PROXY_SOURCE}, so that nodes can tell its connections from those of tests.
   */
  LoadBalancer start(List<Node> nodes) {
    int port = Ports.free();
    PrintedConfiguration printed = print(port, PrintedConfiguration.addresses(nodes), List.of());
    if (usesProxyProtocol()) {
      connectFrom(printed);
    }
    return run(port, printed);
  }

  private void connectFrom(PrintedConfiguration printed) {
    if (kind().equals("nginx")) {
      printed.replace(
          "proxy_protocol on;", "proxy_protocol on;\n    proxy_bind " + PROXY_SOURCE + ";");
    } else {
      printed.replace("timeout connect 5s", "timeout connect 5s\n  source " + PROXY_SOURCE);
    }
  }

  /** Starts it with this configuration. */
  LoadBalancer run(int port, PrintedConfiguration printed) {
    return kind().equals("nginx")
        ? NginxBalancer.start(port, printed)
        : HaProxy.start(port, printed);
  }
}

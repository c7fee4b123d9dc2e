package io.carillon.server.doctor;

import io.carillon.server.Parts;
import io.carillon.server.ServerConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** The list of checks. */
public final class Doctor {

  private Doctor() {}

  /**
   * The checks of everything that a node with this configuration needs, on this machine and from
   * its broker.
   */
  public static List<Check> checksOf(ServerConfig config, Instant now) {
    TransportConfig transport = config.transport();
    int clients = transport.maxConnections();
    long heap = Runtime.getRuntime().maxMemory();
    TlsFiles tls = config.tls();
    List<Check> checks = new ArrayList<>();
    checks.add(new BrokerCheck(config));
    checks.add(new DescriptorsCheck(clients, FileDescriptors.limit()));
    checks.add(
        tls == null ? MachineCheck.plain(clients, heap) : MachineCheck.withTls(clients, heap));
    checks.add(new ClockCheck(now));
    checks.add(new PortCheck(transport.host(), transport.port()));
    if (tls != null) {
      checks.add(new CertificateCheck(tls, now));
    }
    return checks;
  }

  /**
   * A client's way to this URL.
   *
   * @param parts the parts that a node there may have
   * @param trusting makes TLS connections with the trust that clients have
   */
  public static Check wayTo(Parts parts, URI url, SSLSocketFactory trusting, Instant now) {
    return new UrlCheck(parts, url, trusting, now);
  }
}

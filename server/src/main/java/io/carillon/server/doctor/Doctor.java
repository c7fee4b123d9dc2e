package io.carillon.server.doctor;

import io.carillon.server.ServerConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which checks there are. */
public final class Doctor {

  private Doctor() {}

  /** What a node with this configuration needs, on this machine and from its broker. */
  public static List<Check> checksOf(ServerConfig config, Instant now) {
    TransportConfig transport = config.transport();
    int clients = transport.maxConnections();
    long heap = Runtime.getRuntime().maxMemory();
    TlsFiles tls = config.tls();
    List<Check> checks = new ArrayList<>();
    checks.add(new BrokerCheck(config.broker()));
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
   * @param ca an authority to trust instead of the JDK's; null for those
   * @throws IOException when the authority's file can't be used
   */
  public static Check wayTo(URI url, @Nullable Path ca, Instant now) throws IOException {
    return new UrlCheck(url, Trust.of(ca), now);
  }
}

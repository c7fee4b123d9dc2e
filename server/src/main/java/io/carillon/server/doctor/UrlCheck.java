package io.carillon.server.doctor;

import io.carillon.dialect.Dialect;
import io.carillon.dialect.Dialects;
import io.carillon.dialect.Greeting;
import io.carillon.dialect.ShownUrl;
import io.carillon.part.Finding;
import io.carillon.server.Parts;
import io.carillon.server.transport.ListenAddress;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * Follows a client's way to a URL, hop by hop: name, TCP, TLS, plain requests, upgrade, greeting.
 * The first hop that fails ends the check, except for an untrusted certificate.
 */
final class UrlCheck implements Check {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final String GREETING = "greeting";
  private static final String PROXIES =
      "a proxy must pass both on: in nginx proxy_http_version 1.1, proxy_set_header Upgrade"
          + " $http_upgrade, proxy_set_header Connection \"upgrade\"";

  private final Dialects dialects;
  private final String brokers;
  private final URI url;
  private final Dialect dialect;
  private final ListenAddress node;
  private final SSLSocketFactory trusting;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  /** Whether TLS has shown a certificate that clients accept. */
  private boolean trusted;

  /** A hop that failed, and has been reported. */
  private static final class HopFailed extends Exception {
    private static final long serialVersionUID = 1;

    HopFailed() {
      super("reported", null, false, false);
    }
  }

  /**
   * @param parts the parts that a node there may have
   * @param url ws or wss, of any path, with a host
   * @param trusting makes TLS connections with the trust that clients have
   */
  UrlCheck(Parts parts, URI url, SSLSocketFactory trusting, Instant now) {
    this.dialects = parts.dialects();
    this.brokers = parts.brokerTitles();
    this.url = url;
    this.dialect = dialects.of(url);
    this.node = ListenAddress.in(url, isTls() ? 443 : 80).orElseThrow();
    this.trusting = trusting;
    this.now = now;
  }

  @Override
  public List<Finding> run() {
    findings.clear();
    try {
      InetAddress address = resolve();
      connect(address).close();
      if (isTls()) {
        tls(address);
      } else {
        requirePlain(address);
      }
      health(address, "/up", "the node can hold clients", "it is stopping, or no node");
      health(
          address,
          "/ready",
          "new clients are welcome",
          "it is full or stopping, or %s is away".formatted(brokers));
      upgrade(address);
    } catch (HopFailed reported) {
      return List.copyOf(findings);
    } catch (IOException e) {
      findings.add(Finding.fail("url", reason(e), "look at what stands before the node"));
    }
    return List.copyOf(findings);
  }

  private void tls(InetAddress address) throws IOException, HopFailed {
    try {
      List<Finding> tls = new TlsHop(host(), trusting, now).run(() -> connect(address));
      trusted = tls.stream().noneMatch(found -> found.level() == Finding.Level.FAIL);
      findings.addAll(tls);
    } catch (IOException e) {
      if (protocolOf(address).isPlainHttp()) {
        throw failed(
            "tls",
            "port %d speaks HTTP in plain and no TLS".formatted(port()),
            "give ws:// instead of wss://, or turn TLS on there (a node's tls.certificate)");
      }
      throw e;
    }
  }

  /** A port with TLS closes a plain connection, or answers 400. */
  private void requirePlain(InetAddress address) throws IOException, HopFailed {
    try (HttpProbe http = new HttpProbe(connect(address))) {
      if (http.request("/up", authority(), "Connection: close").code() != 400) {
        return;
      }
    } catch (SocketTimeoutException slow) {
      throw slow;
    } catch (IOException e) {
      // The port may speak TLS.
    }
    if (protocolOf(address).isTls()) {
      throw failed(
          "url",
          "port %d speaks TLS and no plain HTTP".formatted(port()),
          "give wss:// instead of ws://");
    }
  }

  private PortProtocol protocolOf(InetAddress address) {
    return new PortProtocol(() -> connect(address), host(), authority());
  }

  /** TLS wants the address of an IPv6 host without its brackets. */
  private String host() {
    return node.host();
  }

  private boolean isTls() {
    return "wss".equalsIgnoreCase(url.getScheme());
  }

  private int port() {
    return node.port();
  }

  private InetAddress resolve() throws HopFailed {
    try {
      InetAddress[] all = InetAddress.getAllByName(host());
      List<String> shown = Arrays.stream(all).map(InetAddress::getHostAddress).toList();
      findings.add(Finding.ok("dns", host() + " is " + String.join(", ", shown)));
      return all[0];
    } catch (UnknownHostException e) {
      throw failed(
          "dns", "no address for " + host(), "check the name, and this machine's resolver");
    }
  }

  private Socket connect(InetAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "TCP to %s port %d: %s (is anything listening, and does a firewall let it through?)"
              .formatted(address.getHostAddress(), port(), e.getMessage()),
          e);
    }
  }

  private Socket open(InetAddress address) throws IOException {
    Socket socket = connect(address);
    if (!isTls()) {
      return socket;
    }
    return trusted ? TlsHop.trusting(trusting, socket, host()) : TlsHop.anyhow(socket, host());
  }

  private void health(InetAddress address, String path, String good, String bad)
      throws IOException {
    try (HttpProbe http = new HttpProbe(open(address))) {
      HttpProbe.Head head = http.request(path, authority(), "Connection: close");
      String shown = path + ": " + head.status();
      findings.add(
          head.code() == 200
              ? Finding.ok("http", shown + ", " + good)
              : Finding.warn("http", shown, bad + "; or a proxy doesn't pass this path on"));
    }
  }

  private String authority() {
    return url.getRawAuthority().replaceFirst("^.*@", "");
  }

  private void upgrade(InetAddress address) throws IOException, HopFailed {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = query();
    String target = query.isEmpty() ? path : path + "?" + query;
    try (HttpProbe http = new HttpProbe(open(address))) {
      HttpProbe.Head head = http.request(target, authority(), HttpProbe.HANDSHAKE);
      judge(head);
      findings.add(Finding.ok("upgrade", path + ": " + head.status()));
      findings.add(greeting(http.firstFrame()));
    }
  }

  private Finding greeting(String message) {
    return switch (dialect.greeting(message, url, said -> dialects.recognise(said, dialect))) {
      case Greeting.Welcome(String text) -> Finding.ok(GREETING, text);
      case Greeting.Wrong(String text, String advice) -> Finding.fail(GREETING, text, advice);
    };
  }

  /** The query may hold a token, so a server with an untrusted certificate gets none. */
  private String query() {
    if (url.getRawQuery() != null && isTls() && !trusted) {
      findings.add(
          Finding.warn(
              "upgrade",
              "asked without the URL's query",
              "doctor sends no token to a server with an untrusted certificate"));
      return dialect.handshakeQuery("");
    }
    return dialect.handshakeQuery(url.getRawQuery() == null ? "" : url.getRawQuery());
  }

  /** Whether the URL has a token and the check has sent it. */
  private boolean hasToldToken() {
    return (trusted || !isTls()) && String.valueOf(url.getRawQuery()).contains("token=");
  }

  private void judge(HttpProbe.Head head) throws HopFailed {
    if (head.code() == 101) {
      for (String header : List.of("Upgrade", "Connection", "Sec-WebSocket-Accept")) {
        if (head.header(header).isEmpty()) {
          throw failed("upgrade", "the answer's header " + header + " was swallowed", PROXIES);
        }
      }
      if (!head.header("Sec-WebSocket-Accept").equals(HttpProbe.ACCEPT)) {
        throw failed("upgrade", "the answer belongs to another request", "a cache answers");
      }
      return;
    }
    String shown = head.status() + ": " + ShownUrl.inText(head.said());
    throw switch (head.code()) {
      case 426 -> failed("upgrade", shown, PROXIES);
      case 400 -> failed("upgrade", shown, "a proxy may have changed the request; " + PROXIES);
      case 301, 302, 303, 307, 308 ->
          failed(
              "upgrade",
              head.status() + ": it is moved to " + ShownUrl.of(head.header("Location")),
              "clients follow no redirection; give them that address, with ws:// or wss://");
      case 401 ->
          failed(
              "upgrade",
              shown,
              hasToldToken()
                  ? "the token in the URL isn't taken; it may have expired, or be for another node"
                  : "give --url one, as ?token=... (`carillon token`)");
      case 403 -> failed("upgrade", shown, "the server or proxy asks for other credentials");
      case 404 -> failed("upgrade", shown, "check the path, and what the proxy does with it");
      case 502, 504 -> failed("upgrade", shown, "the proxy can't reach a node");
      case 503 -> failed("upgrade", shown, "no node takes clients now; see /ready");
      default -> failed("upgrade", shown, "the server there is no node; check the address");
    };
  }

  private HopFailed failed(String subject, String text, String advice) {
    findings.add(Finding.fail(subject, text, advice));
    return new HopFailed();
  }

  static String reason(IOException e) {
    return switch (e) {
      case EOFException _ -> "the connection was closed before an answer came";
      case SocketTimeoutException _ -> "no answer came in " + TIMEOUT_MILLIS / 1_000 + " s";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}

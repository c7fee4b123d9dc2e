package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.server.config.ListenVariables;
import io.carillon.server.transport.ListenAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a node on this machine whether it can hold its clients, and reports the answer by an exit
 * code.
 *
 * <p>A container's health check starts this twice a minute for as long as the node lives. So it
 * uses only the JDK's sockets: reading the configuration, or parsing the command line with picocli,
 * would cost several times as much as the request.
 */
public final class HealthProbe {

  /** The name of the command. */
  static final String COMMAND = "health";

  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int PORT = 8080;
  private static final String PATH = "/health";
  private static final int MAX_PORT = 65_535;

  private HealthProbe() {}

  /**
   * A request to a node.
   *
   * @param scheme http or https, in any case
   * @param path the path in the request line
   */
  private record Question(String scheme, ListenAddress node, String path) {

    boolean isByTls() {
      return scheme.equalsIgnoreCase("https");
    }
  }

  /** Whether a command line asks for this command and nothing else, such as help. */
  public static boolean isAsked(String[] args) {
    return args.length > 0
        && args.length <= 2
        && args[0].equals(COMMAND)
        && (args.length == 1 || args[1].startsWith("http"));
  }

  /**
   * Runs such a command line and returns the exit code.
   *
   * @param variables reads the address of the node
   */
  public static int run(ListenVariables variables, String[] args) {
    return run(variables, args.length == 2 ? args[1] : "", System.getenv(), System.out);
  }

  /**
   * Asks, and prints the answer's status.
   *
   * @param url the address; empty for the node that these variables configure
   */
  static int run(
      ListenVariables variables, String url, Map<String, String> environment, PrintStream out) {
    try {
      String status =
          ask(
              url.isEmpty()
                  ? new Question("http", nodeOf(variables, environment), PATH)
                  : parse(url));
      out.println(status);
      return status.startsWith("200") ? 0 : CarillonCommand.FAILED;
    } catch (IOException | IllegalArgumentException e) {
      out.println("no answer: " + e.getMessage());
      return CarillonCommand.FAILED;
    }
  }

  /**
   * The address of a node that has these variables.
   *
   * @throws IllegalArgumentException if a variable is not a port
   */
  static ListenAddress nodeOf(ListenVariables variables, Map<String, String> environment) {
    String host = variables.host(environment).map(ListenVariables.Variable::value).orElse("");
    int port = variables.port(environment).map(HealthProbe::portOf).orElse(PORT);
    return new ListenAddress(host, port).reachable();
  }

  private static int portOf(ListenVariables.Variable variable) {
    String value = variable.value();
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > MAX_PORT) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: a port, 0 to %d)".formatted(variable.name(), value, MAX_PORT));
    }
    return Integer.parseInt(value);
  }

  /**
   * A request that was typed as a URL.
   *
   * @throws IllegalArgumentException if it is not such a URL
   */
  private static Question parse(String text) {
    try {
      URI url = new URI(text);
      Optional<ListenAddress> node = ListenAddress.in(url, PORT);
      if (node.isPresent() && String.valueOf(url.getScheme()).matches("(?i)https?")) {
        String path = String.valueOf(url.getRawPath());
        return new Question(url.getScheme(), node.get(), path.isEmpty() ? PATH : path);
      }
    } catch (URISyntaxException e) {
      // Treated like a URL without a host.
    }
    throw new IllegalArgumentException(
        "\"%s\" (expected: such as http://127.0.0.1:%d/ready)".formatted(text, PORT));
  }

  /**
   * If the answer is not HTTP, asks again over TLS: only the node's file may say whether it speaks
   * TLS.
   */
  private static String ask(Question question) throws IOException {
    if (question.isByTls()) {
      return askByTls(question);
    }
    try (Socket socket = dial(question.node())) {
      return ask(socket, question);
    } catch (NoHttpException e) {
      return askByTls(question);
    }
  }

  private static String askByTls(Question question) throws IOException {
    try (Socket plain = dial(question.node());
        SSLSocket socket =
            (SSLSocket)
                trustingAnyone()
                    .getSocketFactory()
                    .createSocket(plain, question.node().host(), plain.getPort(), true)) {
      return ask(socket, question);
    } catch (SSLException e) {
      throw new IOException(
          question.isByTls()
              ? "the TLS handshake failed: %s (where it speaks no TLS, give http://)"
                  .formatted(e.getMessage())
              : "what listens there speaks neither HTTP nor TLS",
          e);
    }
  }

  private static Socket dial(ListenAddress node) throws IOException {
    InetSocketAddress address = new InetSocketAddress(node.host(), node.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("no address for " + node.host());
    }
    Socket socket = new Socket();
    try {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static String ask(Socket socket, Question question) throws IOException {
    String request =
        "GET " + question.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = reader.readLine();
    if (line == null || !line.startsWith("HTTP/1.")) {
      throw new NoHttpException();
    }
    return line.substring(line.indexOf(' ') + 1);
  }

  /** The connection stays on this machine, and the request has no secret. */
  private static SSLContext trustingAnyone() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The other side answers, but not in HTTP. */
  private static final class NoHttpException extends IOException {
    private static final long serialVersionUID = 1;

    NoHttpException() {
      super("what listens there speaks no HTTP");
    }
  }

  /** Accepts every certificate. */
  private static final class Anyone implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package io.carillon.server.doctor;

import java.io.IOException;
import javax.net.ssl.SSLSocket;

/**
 * Finds out which protocol a port speaks. A check uses it after an unexpected answer, so that its
 * finding names the mistake and not a symptom. Blocks.
 *
 * @param dialer connects to the port
 * @param host the name in a TLS handshake
 * @param authority the name in a request
 */
record PortProtocol(TlsHop.Dialer dialer, String host, String authority) {

  /** Whether the port speaks TLS, with any certificate. */
  boolean isTls() {
    try (SSLSocket socket = TlsHop.anyhow(dialer.dial(), host)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the port speaks plain HTTP. */
  boolean isPlainHttp() {
    try (HttpProbe http = new HttpProbe(dialer.dial())) {
      return http.request("/up", authority, "Connection: close").code() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the port belongs to a node that can hold clients, with TLS or without. */
  boolean isNode() {
    return isUp(dialer) || isUp(() -> TlsHop.anyhow(dialer.dial(), host));
  }

  private boolean isUp(TlsHop.Dialer dial) {
    try (HttpProbe http = new HttpProbe(dial.dial())) {
      return http.request("/up", authority, "Connection: close").code() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}

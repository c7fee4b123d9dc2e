package io.carillon.server.doctor;

import java.io.IOException;
import javax.net.ssl.SSLSocket;

/**
 * Finds out which protocol a port speaks. A check asks after an answer that was not the expected
 * one, so that its finding names the mistake and not a symptom. Blocks.
 *
 * @param dialer connects to the port
 * @param host what a TLS handshake names
 * @param authority what a request names
 */
record PortProtocol(TlsHop.Dialer dialer, String host, String authority) {

  /** Whether it speaks TLS; whose certificate it has doesn't matter. */
  boolean isTls() {
    try (SSLSocket socket = TlsHop.anyhow(dialer.dial(), host)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it speaks HTTP in plain. */
  boolean isPlainHttp() {
    try (HttpProbe http = new HttpProbe(dialer.dial())) {
      return http.request("/up", authority, "Connection: close").code() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a node answers there that can hold clients, with TLS or without. */
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

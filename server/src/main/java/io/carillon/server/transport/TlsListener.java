package io.carillon.server.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of new connections, and its exchange. Owned by the {@link Transport}; {@link
 * #look} belongs to the watching thread, {@link #newHandler} to event loops.
 *
 * <p>Files are compared by content and not by time, and read again through every symbolic link:
 * Kubernetes exchanges a link to a folder, and other tools write one file after the other. So
 * changed content is used only if two looks in a row find the same content, and only if it is a
 * valid pair. Otherwise the old pair stays, and a warning says why, once for each content and
 * reason.
 */
final class TlsListener {

  private static final Logger log = LoggerFactory.getLogger(TlsListener.class);

  /** How long a connection that is closed may take to send TLS's close_notify. */
  private static final int GOODBYE_MILLIS = 1_000;

  private final TlsFiles files;
  private final InstantSource clock;
  private final Executor handshakes;

  /** Written by the watching thread, read by event loops. */
  private volatile SslContext context;

  /** The content in use, and the content that the last look found. */
  private String current;

  private String seen;

  /** The content and reason of the last warning. */
  private String refused = "";

  /**
   * @param handshakes computes what takes too long for an event loop
   * @throws IOException if the files can't be used; the message is for people
   */
  TlsListener(TlsFiles files, InstantSource clock, Executor handshakes) throws IOException {
    this.files = files;
    this.clock = clock;
    this.handshakes = handshakes;
    TlsIdentity.Content content = TlsIdentity.Content.of(files);
    TlsIdentity identity = TlsIdentity.of(content, files, clock.instant());
    this.context = contextOf(identity);
    this.current = content.fingerprint();
    this.seen = current;
    log.info("TLS certificate: {}", identity);
    warn(identity);
  }

  private static SslContext contextOf(TlsIdentity identity) throws IOException {
    return SslContextBuilder.forServer(identity.key(), identity.chain())
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }

  /** Encrypts one connection. {@link HttpRouter}'s deadline limits its time. */
  SslHandler newHandler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator, handshakes);
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    return handler;
  }

  /** Checks whether the files have changed. */
  void look() {
    TlsIdentity.Content content = null;
    String found;
    try {
      content = TlsIdentity.Content.of(files);
      found = content.fingerprint();
    } catch (IOException e) {
      found = String.valueOf(e.getMessage());
    }
    boolean still = found.equals(seen);
    seen = found;
    if (!still || found.equals(current)) {
      return;
    }
    if (content == null) {
      refuse(found, found);
    } else {
      take(content, found);
    }
  }

  /** Tries refused content again at every look, because a certificate may become valid later. */
  private void take(TlsIdentity.Content content, String found) {
    try {
      TlsIdentity identity = TlsIdentity.of(content, files, clock.instant());
      context = contextOf(identity);
      current = found;
      refused = "";
      log.info("New connections see another TLS certificate: {}", identity);
      warn(identity);
    } catch (IOException | RuntimeException e) {
      refuse(found, e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString());
    }
  }

  private void warn(TlsIdentity identity) {
    identity
        .warnings()
        .forEach(warning -> log.warn("TLS certificate: {}: {}", files.certificate(), warning));
  }

  /** Warns once for each content and reason. */
  private void refuse(String found, String why) {
    String what = found + why;
    if (!what.equals(refused)) {
      refused = what;
      log.warn("The TLS certificate has changed and is not taken; the old one stays: {}", why);
    }
  }
}

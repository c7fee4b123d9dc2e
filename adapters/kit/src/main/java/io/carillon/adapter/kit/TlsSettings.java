package io.carillon.adapter.kit;

import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a driver that name the PEM files of its connections.
 *
 * @param broker the broker's name, with which an error begins
 * @param ca the setting of {@link TlsFiles#ca}
 * @param certificate the setting of {@link TlsFiles#certificate}
 * @param key the setting of {@link TlsFiles#key}
 */
public record TlsSettings(
    String broker, Setting<Path> ca, Setting<Path> certificate, Setting<Path> key) {

  /**
   * Settings below a prefix: {@code ca}, {@code certificate} and {@code key}.
   *
   * @param broker the broker's name, with which an error begins
   * @param prefix ends without a dot
   */
  public static TlsSettings below(String prefix, String broker) {
    return of(broker, prefix + ".ca", prefix + ".certificate", prefix + ".key");
  }

  /** Settings with these keys. */
  public static TlsSettings of(String broker, String ca, String certificate, String key) {
    return new TlsSettings(
        broker,
        Setting.of(ca, Formats.file())
            .says(
                "The certificates (PEM) to which the server's certificate must lead, instead of",
                "the system's."),
        Setting.of(certificate, Formats.file())
            .says("The node's own certificate (PEM), where the server asks for one."),
        Setting.of(key, Formats.file())
            .says("The private key of the certificate (PEM, PKCS #8, without a password)."));
  }

  /** Reports a certificate without its key, and a key without its certificate. */
  public void check(Configuration values, List<Problem> problems) {
    if (values.find(certificate).isPresent() != values.find(key).isPresent()) {
      Setting<Path> given = values.find(key).isPresent() ? key : certificate;
      problems.add(
          values.problem(
              given,
              "one of certificate and key (expected: %s and %s together)"
                  .formatted(certificate.key(), key.key())));
    }
  }

  /** The files that are given. */
  public TlsFiles files(Configuration values, Verification verification) {
    return new TlsFiles(
        values.find(ca).orElse(null),
        values.find(certificate).orElse(null),
        values.find(key).orElse(null),
        verification);
  }

  /** Their names in errors. */
  public TlsFiles.Keys keys() {
    return new TlsFiles.Keys(broker, ca.key(), certificate.key(), key.key());
  }
}

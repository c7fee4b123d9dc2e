package io.carillon.adapter.nats;

import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with the NKey by which a node proves to NATS which user it is. It is read for each
 * connection, so a file that was replaced counts from the next one. Errors name the key and the
 * file, and never quote the content.
 */
record IdentityFile(Kind kind, Path path) {

  private static final long MOST_BYTES = 64 << 10;

  private static final String SEED = "USER NKEY SEED";
  private static final String JWT = "NATS USER JWT";

  /** The forms of such files. */
  enum Kind {
    /** A seed alone, for a server that lists the users' public keys. */
    NKEY_SEED("adapter.nats.nkey_seed_file", "a user's NKey seed, SU..."),

    /** A JWT and a seed, for a server that trusts an operator. */
    CREDENTIALS("adapter.nats.credentials_file", "a user's JWT and NKey seed, as nsc writes them");

    private final String key;
    private final String expected;

    Kind(String key, String expected) {
      this.key = key;
      this.expected = expected;
    }

    /** The key of the configuration that names the file. */
    String key() {
      return key;
    }
  }

  /** The key and the file, for errors. */
  String name() {
    return "%s (%s)".formatted(kind.key, path);
  }

  /**
   * Reads the file. Blocks.
   *
   * @throws NatsFailure if it can't be used
   */
  AuthHandler read() throws NatsFailure {
    List<String> lines = text().lines().map(String::strip).toList();
    return switch (kind) {
      case NKEY_SEED -> {
        String seed = behind(SEED, lines);
        yield new Identity(key(seed.isEmpty() ? first(lines) : seed), null);
      }
      case CREDENTIALS -> {
        String jwt = behind(JWT, lines);
        if (jwt.isEmpty()) {
          throw unusable("it holds no JWT");
        }
        yield new Identity(key(behind(SEED, lines)), jwt);
      }
    };
  }

  private String text() throws NatsFailure {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw unusable("it is too long");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw unusable("it does not exist");
    } catch (NatsFailure e) {
      throw e;
    } catch (IOException e) {
      throw unusable("it can't be read, " + e.getClass().getSimpleName());
    }
  }

  private UserKey key(String seed) throws NatsFailure {
    if (seed.isEmpty()) {
      throw unusable("it holds no seed");
    }
    try {
      return UserKey.ofSeed(seed);
    } catch (IllegalArgumentException e) {
      throw unusable("it holds " + e.getMessage());
    }
  }

  /** The line behind a heading; empty if there is none. */
  private static String behind(String heading, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("-") && lines.get(i).contains("BEGIN " + heading)) {
        return first(lines.subList(i + 1, lines.size()));
      }
    }
    return "";
  }

  private static String first(List<String> lines) {
    return lines.stream().filter(line -> !line.isEmpty()).findFirst().orElse("");
  }

  private NatsFailure unusable(String why) {
    return new NatsFailure("%s: %s (expected: %s)".formatted(name(), why, kind.expected));
  }

  /** Answers the server's challenge. */
  private record Identity(UserKey key, @Nullable String jwt) implements AuthHandler {

    @Override
    public byte[] sign(byte[] nonce) {
      return key.sign(nonce);
    }

    @Override
    public char[] getID() {
      return key.publicKey().toCharArray();
    }

    @Override
    public char @Nullable [] getJWT() {
      return jwt == null ? null : jwt.toCharArray();
    }

    /** No secret. */
    @Override
    public String toString() {
      return key.toString();
    }
  }
}

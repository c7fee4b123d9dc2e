package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.adapter.nats.IdentityFile.Kind;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with NKeys, compared with the NATS client's own class for them. */
final class IdentityFileTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;

  private IdentityFile file(Kind kind, String content) throws Exception {
    return new IdentityFile(kind, Files.writeString(folder.resolve("identity"), content));
  }

  private static String seed(NKey key) {
    return new String(key.getSeed());
  }

  private ThrowableAssertAlternative<?> assertUnusable(IdentityFile file) {
    return assertThatExceptionOfType(NatsFailure.class)
        .isThrownBy(file::read)
        .withMessageContaining(folder.resolve("identity").toString());
  }

  @Test
  void aSeedSignsAsTheClientsOwnKeyDoes() throws Exception {
    byte[] nonce = "nonce".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50; i++) {
      NKey key = NKey.createUser(RANDOM);

      AuthHandler handler = file(Kind.NKEY_SEED, seed(key) + "\n").read();

      assertThat(handler.getID()).isEqualTo(key.getPublicKey());
      assertThat(handler.sign(nonce)).isEqualTo(key.sign(nonce));
      assertThat(handler.getJWT()).isNull();
      assertThat(handler.toString()).doesNotContain(seed(key));
    }
  }

  @Test
  void aCredentialsFileHasBoth() throws Exception {
    NKey key = NKey.createUser(RANDOM);

    AuthHandler handler =
        file(
                Kind.CREDENTIALS,
                """
                -----BEGIN NATS USER JWT-----
                head.body.signature-
                ------END NATS USER JWT------

                ************************* IMPORTANT *************************
                NKEY Seed printed below can be used to sign and prove identity.

                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------
                """
                    .formatted(seed(key)))
            .read();

    assertThat(handler.getJWT()).isEqualTo("head.body.signature-".toCharArray());
    assertThat(handler.getID()).isEqualTo(key.getPublicKey());
  }

  @Test
  void aFileThatCannotBeUsedIsNamedAndNotQuoted() throws Exception {
    String seed = seed(NKey.createUser(RANDOM));
    char other = seed.charAt(20) == 'A' ? 'B' : 'A';
    String mistyped = seed.substring(0, 20) + other + seed.substring(21);

    assertUnusable(new IdentityFile(Kind.NKEY_SEED, folder.resolve("identity")))
        .withMessageContaining("it does not exist")
        .withMessageContaining("adapter.nats.nkey_seed_file");
    assertUnusable(file(Kind.NKEY_SEED, "")).withMessageContaining("it holds no seed");
    assertUnusable(file(Kind.NKEY_SEED, "s3cret"))
        .withMessageContaining("not the seed of an NKey")
        .withMessageNotContaining("s3cret");
    assertUnusable(file(Kind.NKEY_SEED, mistyped))
        .withMessageContaining("a wrong checksum")
        .withMessageNotContaining(mistyped);
    assertUnusable(file(Kind.NKEY_SEED, seed(NKey.createAccount(RANDOM))))
        .withMessageContaining("that is no user's");
    assertUnusable(file(Kind.CREDENTIALS, seed))
        .withMessageContaining("it holds no JWT")
        .withMessageContaining("adapter.nats.credentials_file")
        .withMessageNotContaining(seed);
    assertUnusable(file(Kind.CREDENTIALS, "x".repeat(1 << 17)))
        .withMessageContaining("it is too long");
  }
}

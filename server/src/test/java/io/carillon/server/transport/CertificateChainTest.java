package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a chain has to end, and which files are read as a chain. */
class CertificateChainTest {

  private static final TestChain TEST = new TestChain();
  private static final KnownAuthorities KNOWN =
      new KnownAuthorities(List.of(TEST.rootCertificate()));

  private static CertificateChain of(String... certificates) throws Exception {
    return new CertificateChain(
        PemCertificates.read(String.join("", certificates).getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void itMayEndBeforeARootThatClientsKnow() throws Exception {
    assertThat(of(TEST.server(), TEST.intermediate()).gap(KNOWN)).isEmpty();
    assertThat(of(TEST.server()).gap(KNOWN)).isPresent();
  }

  @Test
  void nothingIsSaidWhereItIsNotKnownWhomClientsTrust() throws Exception {
    assertThat(of(TEST.server()).gap(new KnownAuthorities(List.of()))).isEmpty();
  }

  @Test
  void theJdkKnowsSomeAuthorities() {
    assertThat(KnownAuthorities.ofJdk().roots()).hasSizeGreaterThan(10);
  }

  @Test
  void aCertificateWithoutItsEndIsRefused() {
    String server = TEST.server();
    String cut = server.substring(0, server.length() / 2);
    String withoutDash = server.stripTrailing().replaceFirst("-$", "");

    for (String file :
        List.of(cut, TEST.key() + cut, cut + "\n" + TEST.key(), withoutDash, cut + TEST.server())) {
      assertThatThrownBy(() -> of(file)).hasMessageContaining("certificate 1 in it has no end");
    }
    assertThatThrownBy(() -> of(server, cut)).hasMessageContaining("certificate 2 in it has no");
    assertThatThrownBy(() -> of(server, cut, "\n", TEST.intermediate()))
        .hasMessageContaining("certificate 2 in it has no end");
    assertThatThrownBy(() -> of(server, TEST.intermediate(), cut))
        .hasMessageContaining("certificate 3 in it has no end");
  }

  @Test
  void otherBlocksAndTextsMayStandAroundCertificates() throws Exception {
    assertThat(
            of("Subject: a\n", TEST.key(), TEST.server(), "i:b\n", TEST.intermediate(), TEST.key())
                .certificates())
        .hasSize(2);
    assertThatThrownBy(() -> of(TEST.key()))
        .hasMessageContaining("a private key and no certificate");
  }

  @Test
  void aKeyWithoutItsEndIsRefused() {
    String key = TEST.key();

    assertThatThrownBy(
            () ->
                PemPrivateKey.read(
                    key.substring(0, key.length() / 2),
                    null,
                    TEST.rootCertificate().getPublicKey()))
        .hasMessageContaining("the private key in it has no end");
  }
}

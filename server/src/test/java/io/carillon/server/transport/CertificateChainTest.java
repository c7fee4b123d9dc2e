package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a chain has to end. */
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
}

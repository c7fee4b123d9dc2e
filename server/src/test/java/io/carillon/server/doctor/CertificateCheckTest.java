package io.carillon.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.part.Finding;
import io.carillon.server.transport.TestChain;
import io.carillon.server.transport.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateCheckTest {

  private static final TestChain CHAIN = new TestChain();

  @TempDir private Path folder = Path.of(".");

  private String found(String certificates) throws Exception {
    TlsFiles files = new TlsFiles(folder.resolve("c"), folder.resolve("k"), null);
    Files.writeString(files.certificate(), certificates);
    Files.writeString(files.key(), CHAIN.key());
    return String.join(
        "\n",
        new CertificateCheck(files, Instant.now()).run().stream().map(Finding::toString).toList());
  }

  @Test
  void aChainWithoutItsIntermediateIsNotSimplyOk() throws Exception {
    assertThat(found(CHAIN.server()))
        .containsPattern("warn +certificate +the chain ends with certificate 1 .CN=server.");
  }

  @Test
  void aWholeChainIsOk() throws Exception {
    assertThat(found(CHAIN.server() + CHAIN.intermediate() + CHAIN.root()))
        .startsWith("ok ")
        .doesNotContain("warn");
  }

  @Test
  void aChainThatNoNodeTakesFails() throws Exception {
    assertThat(found(CHAIN.server() + CHAIN.root() + CHAIN.intermediate()))
        .startsWith("FAIL")
        .contains("wrong order")
        .endsWith("a node would not start");
  }
}

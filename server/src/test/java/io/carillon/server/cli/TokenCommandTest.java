package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.Parts;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TokenCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String name) {
    return CarillonCommand.lineOf(new TokenCommand(Parts.standard()), Parts.standard())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            "--name", name, "--set", "topics.auth.hs256_secret=canary-secret-canary-secret-canary");
  }

  @Test
  void signsNoNameThatNodesRefuse() {
    assertThat(run("é".repeat(128))).isZero();
    assertThat(out.toString()).startsWith("eyJ");
    assertThat(run("é".repeat(128) + "x")).isEqualTo(CarillonCommand.USAGE);
    assertThat(err.toString()).contains("--name: too long (expected: at most 256 bytes");
    assertThat(out.toString().lines()).hasSize(1);
  }
}

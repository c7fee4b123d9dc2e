package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.Sources;
import io.carillon.part.BrokerContext;
import io.carillon.part.Finding;
import io.carillon.testkit.Ports;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What {@code carillon doctor} finds at servers of NATS. */
final class NatsProbeIT {

  private static List<Finding> probe(String servers, Map<String, String> more) throws Exception {
    NatsDriver driver = new NatsDriver();
    Map<String, String> environment = new HashMap<>(more);
    environment.put("NATS_SERVERS", servers);
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    Configuration values = ConfigurationLoader.load(catalogue, Sources.environment(environment));
    return driver.probe(
        values,
        new BrokerContext(
            "carillon",
            "doctor",
            null,
            System::nanoTime,
            InstantSource.system(),
            new SplittableRandom()));
  }

  @Test
  void eachServerIsTried() throws Exception {
    String dead = "127.0.0.1:" + Ports.unused();

    List<Finding> findings =
        probe(TestNats.environment("CARILLON_TEST_NATS_URL") + "," + dead, Map.of());

    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst().toString()).contains("published and heard it");
    assertThat(findings.getLast().toString()).contains(dead).contains("Connection refused");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() throws Exception {
    Map<String, String> wrong = Map.of("NATS_USERNAME", "carillon", "NATS_PASSWORD", "s3cret");

    List<Finding> findings = probe(TestNats.environment("CARILLON_TEST_NATS_URL"), wrong);

    assertThat(findings.toString())
        .contains("wrong credentials")
        .contains("a node would not start")
        .doesNotContain("s3cret");
  }
}

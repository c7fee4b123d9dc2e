package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.docs.Guide;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/deploy.md, typed from its first line to its last, and its promises. */
@Tag("matrix")
class DeploymentIT {

  private static final Path PAGE = Project.root().resolve("docs/deploy.md");

  @TempDir Path folder = Path.of(".");

  private Deployment deployment;

  @BeforeEach
  void begin() throws Exception {
    deployment = new Deployment(Guide.read(PAGE), folder);
  }

  @AfterEach
  void end() throws Exception {
    deployment.close();
  }

  /** So that this test overlooks none. */
  @Test
  void everyCommandStandsInABlock() throws IOException {
    assertThat(Files.readString(PAGE))
        .doesNotContain("`apt-get ", "`systemctl ", "`curl ", "`rabbitmqctl ");
  }

  @Test
  void worksAsItIsWritten() throws Exception {
    deployment.setUpRabbitMq();
    deployment.setUpNodes();
    deployment.setUpBalancer();
    deployment.tryIt();
    deployment.watchIt();

    assertThat(get("/")).isEqualTo(200);
    assertThat(get("/ready")).as("from outside").isEqualTo(404);
    URI way = deployment.way();
    try (Client ann = client(way);
        Client bob = client(way)) {
      ann.subscribe("news/both");
      bob.subscribe("news/both");
      ann.publish("news/both", "crosses").expect("[news/both] Ann: crosses");
      bob.expect("[news/both] Ann: crosses");
    }

    deployment.node(2).kill();
    await().atMost(Patience.LIMIT).until(this::everybodyIsServed);
    deployment.startNodeAgain(2);
    deployment.changeIt();
    try (Client ann = client(way)) {
      ann.subscribe("news/both").publish("news/both", "on").expect("[news/both] Ann: on");
      assertThat(deployment.node(2).isAlive()).as("node 2, which was taken away").isFalse();
    }
    deployment.assertThatAllIsTyped();
  }

  private Client client(URI way) {
    return Client.connect(way, deployment.http())
        .skipTo(
            "System: Send JSON messages to subscribe, unsubscribe, publish, or list"
                + " subscriptions.");
  }

  private boolean everybodyIsServed() throws IOException, InterruptedException {
    for (int i = 0; i < 4; i++) {
      if (get("/") != 200) {
        return false;
      }
    }
    return true;
  }

  private int get(String path) throws IOException, InterruptedException {
    HttpClient http = deployment.http();
    URI url = deployment.page().resolve(path);
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()).statusCode();
  }
}

package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedConnectionTest {

  private final BlockedConnection connection = new BlockedConnection();
  private final List<String> heard = new ArrayList<>();

  @Test
  void reportsAnAlarmThatCameBeforeAnybodyListened() {
    connection.handleBlocked("low on memory");

    listen();

    assertThat(connection.isBlocked()).isTrue();
    assertThat(heard).containsExactly("RabbitMQ takes no publications for now: low on memory");
  }

  @Test
  void reportsNothingOfAnAlarmThatIsOver() {
    connection.handleBlocked("low on memory");
    connection.handleUnblocked();

    listen();

    assertThat(connection.isBlocked()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void reportsEachChange() {
    listen();

    connection.handleBlocked("low on disk");
    connection.handleUnblocked();

    assertThat(heard)
        .containsExactly("RabbitMQ takes no publications for now: low on disk", "unblocked");
  }

  private void listen() {
    connection.listen(heard::add, () -> heard.add("unblocked"));
  }
}

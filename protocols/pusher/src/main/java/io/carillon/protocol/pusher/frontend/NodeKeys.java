package io.carillon.protocol.pusher.frontend;

import io.carillon.part.KeyAddition;
import java.util.List;

/** What other servers of the Pusher protocol call keys of the node. */
final class NodeKeys {

  static final List<KeyAddition> ADDITIONS =
      List.of(
          KeyAddition.variable("host", "REVERB_SERVER_HOST"),
          KeyAddition.variable("port", "REVERB_SERVER_PORT"),
          KeyAddition.variable("path_prefix", "REVERB_SERVER_PATH"),
          KeyAddition.variable("limits.max_message", "REVERB_APP_MAX_MESSAGE_SIZE"),
          KeyAddition.variable("adapter.driver", "ADAPTER_DRIVER"),
          KeyAddition.variable("adapter.driver", "SOKETI_ADAPTER_DRIVER"),
          KeyAddition.sentence(
              "metrics.prefix", "With soketi, dashboards that are made for soketi show them."));

  private NodeKeys() {}
}

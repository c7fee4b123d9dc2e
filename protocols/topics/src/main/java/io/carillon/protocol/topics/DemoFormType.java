package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.broker.WireForm;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.part.ForeignFormType;
import io.carillon.part.NodeLimits;
import io.carillon.part.WireMode;
import java.util.List;
import java.util.function.LongSupplier;

/** Messages of the demo server that defined the topics protocol. */
final class DemoFormType implements ForeignFormType {

  @Override
  public String server() {
    return "the demo";
  }

  @Override
  public void check(Configuration values, Setting<WireMode> wire, List<Problem> problems) {
    String topic = values.get(TopicsSettings.DEFAULT_TOPIC);
    boolean isATopic =
        topic.equals(topic.strip())
            && topic.getBytes(UTF_8).length <= values.get(TopicsSettings.MAX_TOPIC_BYTES);
    if (isATopic && !DemoForm.hasAddress(Channel.ofTopic(topic))) {
      problems.add(
          values.problem(
              TopicsSettings.DEFAULT_TOPIC,
              "\"%s\" (expected: no word * or # between dots, and at most 255 bytes, with"
                      .formatted(topic)
                  + " %s reference or transition)".formatted(wire.key())));
    }
    if (values.isGiven(TopicsSettings.APP)) {
      problems.add(
          values.problem(
              TopicsSettings.APP,
              "not with %s %s (expected: native)"
                  .formatted(wire.key(), wire.format().write(values.get(wire)))));
    }
  }

  @Override
  public WireForm create(
      String node, Incarnation incarnation, NodeLimits limits, LongSupplier nanoClock) {
    return new DemoForm(node, incarnation, limits.maxMessageBytes(), nanoClock);
  }
}

package io.carillon.protocol.tutorial;

import io.carillon.broker.PlainChannel;
import io.carillon.config.Configuration;
import io.carillon.config.Setting;
import io.carillon.part.FrontEndType;
import io.carillon.part.NodeLimits;
import io.carillon.protocol.FrontEndPlan;
import java.util.List;

/** How the tutorial protocol is configured and made. */
public final class TutorialFrontEndType implements FrontEndType {

  @Override
  public String name() {
    return "tutorial";
  }

  @Override
  public List<Setting<?>> settings() {
    return TutorialSettings.ALL;
  }

  @Override
  public boolean isOn(Configuration values) {
    return values.get(TutorialSettings.ENABLED);
  }

  /** A bare message doesn't name its sender, so a broadcast to others needs an envelope. */
  @Override
  public List<PlainChannel> plainChannels(Configuration values, NodeLimits limits) {
    TutorialConfig config = TutorialSettings.config(values);
    return switch (config.audience()) {
      case EVERYONE ->
          List.of(
              new PlainChannel(config.channel(), config.channelName(), limits.maxMessageBytes()));
      case OTHERS -> List.of();
    };
  }

  @Override
  public FrontEndPlan plan(Configuration values, String host, NodeLimits limits) {
    return new TutorialFrontEndPlan(TutorialSettings.config(values), System::nanoTime);
  }
}

package io.carillon.protocol.pusher.dialect;

import io.carillon.dialect.Conversation;
import java.util.ArrayList;
import java.util.List;

/** A conversation that notes what a listener does with it. */
final class RecordedConversation implements Conversation {

  /** Each call's word and text, in the order of the calls. */
  final List<String> calls = new ArrayList<>();

  private boolean joined;

  @Override
  public void send(String text) {
    calls.add("send " + text);
  }

  @Override
  public void joined() {
    joined = true;
    calls.add("joined");
  }

  @Override
  public boolean hasJoined() {
    return joined;
  }

  @Override
  public void deliver(String message) {
    calls.add("deliver " + message);
  }

  @Override
  public void end(String why) {
    calls.add("end " + why);
  }

  @Override
  public void refuse(String why) {
    calls.add("refuse " + why);
  }

  @Override
  public void unrecognised(String line) {
    calls.add("unrecognised " + line);
  }
}

package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers what a codec reads. For one thread. */
final class RecordingReader implements EnvelopeReader {

  final List<Publication> publications = new ArrayList<>();
  final List<ControlMessage> controls = new ArrayList<>();

  final Set<Channel> unwanted = new HashSet<>();

  @Override
  public boolean wants(Channel channel) {
    return !unwanted.contains(channel);
  }

  @Override
  public void onPublication(Publication publication) {
    publications.add(publication);
  }

  @Override
  public void onControl(ControlMessage message) {
    controls.add(message);
  }
}

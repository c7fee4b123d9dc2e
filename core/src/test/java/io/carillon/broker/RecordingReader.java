package io.carillon.broker;

import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a codec reads. For one thread. */
final class RecordingReader implements EnvelopeReader {

  final List<Publication> publications = new ArrayList<>();
  final List<ControlMessage> controls = new ArrayList<>();

  @Override
  public void onPublication(Publication publication) {
    publications.add(publication);
  }

  @Override
  public void onControl(ControlMessage message) {
    controls.add(message);
  }
}

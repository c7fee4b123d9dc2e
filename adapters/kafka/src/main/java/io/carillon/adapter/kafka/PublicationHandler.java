package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.WireForm;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands the publications that this node wants to the receiver, and notes how far the topic is
 * handled. On the reader's thread, which stops when the link is lost, so a record is noted if and
 * only if it was handled.
 */
final class PublicationHandler implements Reader.Handler {

  private final WantedKeys wanted;
  private final WireForm form;
  private final Receiver receiver;
  private final Resume resume;

  PublicationHandler(WantedKeys wanted, WireForm form, Receiver receiver, Resume resume) {
    this.wanted = wanted;
    this.form = form;
    this.receiver = receiver;
    this.resume = resume;
  }

  @Override
  public void handle(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    @Nullable String address = wanted.find(record.key());
    if (address != null) {
      receiver.publications(form, address, Reader.bytes(record.value()), () -> false);
    }
    resume.handled(record.partition(), record.offset());
  }

  @Override
  public void forget() {
    resume.forget();
  }
}

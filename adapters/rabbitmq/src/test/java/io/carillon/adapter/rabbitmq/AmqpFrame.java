package io.carillon.adapter.rabbitmq;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame of AMQP 0-9-1: a type, the number of an AMQP channel, a size, a payload and an end mark.
 */
final class AmqpFrame {

  private static final int METHOD_FRAME = 1;
  private static final int BEFORE_PAYLOAD = 7;
  private static final int BEFORE_ARGUMENTS = BEFORE_PAYLOAD + 4;
  private static final byte END = (byte) 0xCE;

  private final byte[] bytes;

  /** The class and the number of a method, as the protocol writes them. */
  enum Method {
    BIND(50, 20),
    BIND_OK(50, 21),
    UNBIND(50, 50),
    UNBIND_OK(50, 51);

    private final int code;

    Method(int amqpClass, int number) {
      this.code = amqpClass << 16 | number;
    }
  }

  private AmqpFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  static AmqpFrame read(DataInputStream in) throws IOException {
    byte[] head = new byte[BEFORE_PAYLOAD];
    in.readFully(head);
    int size = ByteBuffer.wrap(head).getInt(3);
    byte[] frame = new byte[BEFORE_PAYLOAD + size + 1];
    System.arraycopy(head, 0, frame, 0, head.length);
    in.readFully(frame, head.length, size + 1);
    return new AmqpFrame(frame);
  }

  /** A method without arguments. */
  static AmqpFrame of(Method method, int channel) {
    return new AmqpFrame(
        ByteBuffer.allocate(BEFORE_ARGUMENTS + 1)
            .put((byte) METHOD_FRAME)
            .putShort((short) channel)
            .putInt(4)
            .putInt(method.code)
            .put(END)
            .array());
  }

  /** All of it. Not a copy: nobody changes it. */
  byte[] bytes() {
    return bytes;
  }

  int channel() {
    return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(1));
  }

  boolean is(Method method) {
    return bytes[0] == METHOD_FRAME
        && bytes.length > BEFORE_ARGUMENTS
        && ByteBuffer.wrap(bytes).getInt(BEFORE_PAYLOAD) == method.code;
  }

  /** Of a bind: whether its sender wants no answer. */
  boolean isWithoutAnswer() {
    return bytes[noWait()] != 0;
  }

  /** A bind, so that RabbitMQ answers it. */
  AmqpFrame withAnswer() {
    byte[] copy = bytes.clone();
    copy[noWait()] = 0;
    return new AmqpFrame(copy);
  }

  /** Behind a reserved number, and the names of queue, exchange and key. */
  private int noWait() {
    int at = BEFORE_ARGUMENTS + 2;
    for (int name = 0; name < 3; name++) {
      at += 1 + Byte.toUnsignedInt(bytes[at]);
    }
    return at;
  }
}

package io.carillon.adapter.kit.tcp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages between a node and the relay. Some types do not use all fields.
 *
 * @param number of a message or question; its answer has the same, and a message keeps it
 * @param addresses where a message goes, or what is subscribed to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(Type type, long number, List<String> addresses, byte[] body) {

  /** How names of connections begin. */
  static final String NAME = ":to:";

  private static final byte[] EMPTY = {};

  enum Type {
    /** From a node: names its connection. Answered by DONE. */
    HELLO,
    /** From a node: subscribes the connection that the body names. Answered by DONE. */
    SUBSCRIBE,
    /** From a node: unsubscribes the connection that the body names. Answered by DONE. */
    UNSUBSCRIBE,
    /** From a node: a message to all that are subscribed to its address. Answered by DONE. */
    PUBLISH,
    /** From a node: a message to the connection with this name. Answered by DONE, GONE or FULL. */
    DIRECT,
    /** From a node: is anybody there? Answered by DONE. */
    PING,
    /** From the relay: a message of an address that this connection is subscribed to. */
    MESSAGE,
    /** From the relay: what has this number is done. */
    DONE,
    /** From the relay: no connection has this name. */
    GONE,
    /** From the relay: too much waits for the connection with this name. */
    FULL
  }

  static Frame of(Type type, long number) {
    return new Frame(type, number, List.of(), EMPTY);
  }

  static Frame message(Type type, long number, String address, byte[] body) {
    return new Frame(type, number, List.of(address), body);
  }

  static boolean isName(String address) {
    return address.startsWith(NAME);
  }

  String address() {
    return addresses.getFirst();
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(type.name());
    out.writeLong(number);
    out.writeInt(addresses.size());
    for (String address : addresses) {
      out.writeUTF(address);
    }
    out.writeInt(body.length);
    out.write(body);
  }

  static Frame read(DataInputStream in) throws IOException {
    Type type = Type.valueOf(in.readUTF());
    long number = in.readLong();
    int count = in.readInt();
    List<String> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addresses.add(in.readUTF());
    }
    byte[] body = in.readNBytes(in.readInt());
    return new Frame(type, number, addresses, body);
  }
}

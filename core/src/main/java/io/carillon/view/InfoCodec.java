package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * How infos look in messages: a list of entries.
 *
 * <pre>
 * u8 kind: 1 channel, 2 asked member, 3 info
 *   1: name app, name channel: the channel of the entries that follow
 *   2: name id
 *   3: name id, i64 mark, text info
 * </pre>
 */
final class InfoCodec {

  /** Nodes send their questions with this type. */
  static final String ASK = "view.info.ask";

  /** Nodes send their answers with this type, on either lane. */
  static final String ANSWER = "view.info";

  private static final int CHANNEL = 1;
  private static final int ASKED = 2;
  private static final int INFO = 3;

  private InfoCodec() {}

  /** Takes the entries of a message, in their order. */
  interface Reader {
    void asked(MemberKey member);

    void info(MemberKey member, long mark, String info);
  }

  /** One message. For one thread. */
  static final class Writer {
    private final PayloadWriter out = new PayloadWriter();
    private Channel channel = Channel.ofTopic("-");

    void ask(MemberKey member) {
      enter(member.channel());
      out.u8(ASKED).name(member.id());
    }

    void info(MemberKey member, long mark, String info) {
      enter(member.channel());
      out.u8(INFO).name(member.id()).i64(mark).text(info);
    }

    private void enter(Channel next) {
      if (size() == 0 || !channel.equals(next)) {
        channel = next;
        out.u8(CHANNEL).name(next.app()).name(next.name());
      }
    }

    int size() {
      return out.size();
    }

    Payload payload() {
      return out.payload();
    }
  }

  /** Reads a message. Entries before a malformed one have been taken. */
  static void read(Payload payload, Reader reader) throws IOException {
    PayloadReader in = new PayloadReader(payload);
    Channel channel = Channel.ofTopic("-");
    while (in.hasMore()) {
      int kind = in.u8();
      switch (kind) {
        case CHANNEL -> channel = new Channel(in.name(), in.name());
        case ASKED -> reader.asked(new MemberKey(channel, in.name()));
        case INFO -> reader.info(new MemberKey(channel, in.name()), in.i64(), in.text());
        default -> throw new IOException("kind: " + kind + " (expected: 1 to 3)");
      }
    }
  }
}

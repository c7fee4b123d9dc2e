package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * How parts of a slice look in messages: a list of entries. An entry says how things are, not how
 * they have changed, so reading it twice does no harm.
 *
 * <pre>
 * u8 kind: 1 number of subscriptions, 2 member is there, 3 member is not there, 4 tally
 * i32 length, and that many bytes:
 *   1: name app, name channel, i32 number
 *   2: name app, name channel, name id, i64 order, i64 mark of its info
 *   3: name app, name channel, name id
 *   4: name tally, i32 number
 * </pre>
 *
 * <p>A reader steps over entries of a kind that it doesn't know.
 */
final class SliceEntries {

  private static final int COUNT = 1;
  private static final int MEMBER = 2;
  private static final int NO_MEMBER = 3;
  private static final int TALLY = 4;

  private SliceEntries() {}

  /** Takes the entries of a message, in their order. */
  interface Reader {
    void count(Channel channel, int subscriptions);

    void put(Channel channel, MemberMark member);

    void remove(Channel channel, String memberId);

    void tally(String name, int count);
  }

  static void writeCount(PayloadWriter out, Channel channel, int subscriptions) {
    out.u8(COUNT).block(channel(channel).i32(subscriptions).bytes());
  }

  static void writeMember(PayloadWriter out, Channel channel, MemberMark member) {
    out.u8(MEMBER)
        .block(channel(channel).name(member.id()).i64(member.order()).i64(member.mark()).bytes());
  }

  static void writeNoMember(PayloadWriter out, Channel channel, String memberId) {
    out.u8(NO_MEMBER).block(channel(channel).name(memberId).bytes());
  }

  static void writeTally(PayloadWriter out, String name, int count) {
    out.u8(TALLY).block(new PayloadWriter().name(name).i32(count).bytes());
  }

  private static PayloadWriter channel(Channel channel) {
    return new PayloadWriter().name(channel.app()).name(channel.name());
  }

  /** Reads the rest of a message. Entries before a malformed one have been taken. */
  static void read(PayloadReader in, Reader reader) throws IOException {
    while (in.hasMore()) {
      int kind = in.u8();
      PayloadReader entry = in.block();
      switch (kind) {
        case COUNT -> reader.count(channel(entry), entry.i32());
        case MEMBER ->
            reader.put(channel(entry), new MemberMark(entry.name(), entry.i64(), entry.i64()));
        case NO_MEMBER -> reader.remove(channel(entry), entry.name());
        case TALLY -> reader.tally(entry.name(), entry.i32());
        default -> {} // Of a later version.
      }
    }
  }

  private static Channel channel(PayloadReader in) throws IOException {
    return new Channel(in.name(), in.name());
  }
}

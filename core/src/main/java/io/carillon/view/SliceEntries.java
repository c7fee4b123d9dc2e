package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How parts of a slice look in messages: a list of entries. An entry says how things are, not how
 * they have changed, so reading it twice does no harm.
 *
 * <pre>
 * u8 kind: 1 number of subscriptions, 2 member is there, 3 member is not there, 4 tally,
 *   5 checkpoint, 6 member that was told
 * i32 length, and that many bytes:
 *   1: name app, name channel, i32 number
 *   2: name app, name channel, name id, i64 order, i64 mark of its info
 *   3: name app, name channel, name id
 *   4: name tally, i32 number
 *   5: name app, name channel, i64 number or -1, u8 occupied (0 no, 1 yes, 2 in doubt),
 *     i32 subscriptions, u8 number of covered checkpoints, and for each of them:
 *     i64 and i64 incarnation, i64 number; i64 serial
 *   6: name app, name channel, name id, u8 told (0 no, 1 yes, 2 in doubt)
 * </pre>
 *
 * <p>The entries 6 of a channel come before its entry 5, which makes them valid.
 *
 * <p>A reader steps over entries of a kind that it doesn't know.
 */
final class SliceEntries {

  private static final int COUNT = 1;
  private static final int MEMBER = 2;
  private static final int NO_MEMBER = 3;
  private static final int TALLY = 4;
  private static final int CHECKPOINT = 5;
  private static final int TOLD = 6;

  private SliceEntries() {}

  /** Takes the entries of a message, in their order. */
  interface Reader {
    void count(Channel channel, int subscriptions);

    void put(Channel channel, MemberMark member);

    void remove(Channel channel, String memberId);

    void tally(String name, int count);

    void tell(Channel channel, String memberId, Told told);

    void checkpoint(Channel channel, CheckpointHead head);
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

  static void writeTold(PayloadWriter out, Channel channel, String memberId, Told told) {
    out.u8(TOLD).block(channel(channel).name(memberId).u8(told.code()).bytes());
  }

  static void writeCheckpoint(PayloadWriter out, Channel channel, CheckpointHead head) {
    PayloadWriter entry =
        channel(channel)
            .i64(head.number())
            .u8(head.occupied().code())
            .i32(head.subscriptions())
            .u8(head.covered().size());
    head.covered().forEach((node, number) -> entry.i64(node.high()).i64(node.low()).i64(number));
    entry.i64(head.serial());
    out.u8(CHECKPOINT).block(entry.bytes());
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
        case CHECKPOINT -> reader.checkpoint(channel(entry), head(entry));
        case TOLD -> reader.tell(channel(entry), entry.name(), Told.of(entry.u8()));
        default -> {} // Of a later version.
      }
    }
  }

  private static CheckpointHead head(PayloadReader in) throws IOException {
    long number = in.i64();
    Told occupied = Told.of(in.u8());
    int subscriptions = in.i32();
    Map<Incarnation, Long> covered = new HashMap<>();
    for (int left = in.u8(); left > 0; left--) {
      covered.put(new Incarnation(in.i64(), in.i64()), in.i64());
    }
    long serial = in.i64();
    return new CheckpointHead(number, serial, occupied, subscriptions, covered);
  }

  private static Channel channel(PayloadReader in) throws IOException {
    return new Channel(in.name(), in.name());
  }
}

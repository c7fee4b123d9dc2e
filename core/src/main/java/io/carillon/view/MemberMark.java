package io.carillon.view;

/**
 * What a node tells all other nodes of a member: everything but the info, which a node asks for
 * only when it has followers of the channel.
 *
 * @param id unique in the channel
 * @param order if several nodes have the member, the highest order belongs to the newest connection
 * @param mark a hash of the info; 0 if the info is empty
 */
public record MemberMark(String id, long order, long mark) {

  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** The mark of a member. */
  public static MemberMark of(Member member, long order) {
    return new MemberMark(member.id(), order, hash(member.info()));
  }

  /** Whether there is something to ask for. */
  public boolean hasInfo() {
    return mark != 0;
  }

  /** Whether this is the newer one of two nodes' marks of one member; all nodes agree on it. */
  public boolean isNewerThan(MemberMark other) {
    return order == other.order ? mark > other.mark : order > other.order;
  }

  /** FNV-1a, 64 bits, over UTF-16; the same on all nodes. */
  private static long hash(String info) {
    if (info.isEmpty()) {
      return 0;
    }
    long hash = FNV_OFFSET;
    for (int i = 0; i < info.length(); i++) {
      hash = (hash ^ info.charAt(i)) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}

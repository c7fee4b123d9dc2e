package io.carillon.membership;

import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * What a node says of itself every interval.
 *
 * <p>Its version, number, phase and label are written alike in every version, so that a node can
 * name another one whose messages it can't read. A heartbeat travels in version 1 of the envelope,
 * whatever its own version.
 *
 * @param version the version of the cluster's messages that the node writes; versions next to each
 *     other understand each other
 * @param number counts the node's heartbeats, from 1
 * @param phase how far the node is
 * @param isTelling whether it is one of the nodes that tell the outside about channels
 * @param label the node's name, for people
 * @param peers how many other nodes it knows
 * @param mark the state of what it holds when it sends this
 * @param tenants the fingerprints of its tenants' secrets; none in most heartbeats
 */
public record Heartbeat(
    int version,
    long number,
    Phase phase,
    boolean isTelling,
    String label,
    int peers,
    SliceMark mark,
    Tenants tenants) {

  /** The version that this program writes. */
  public static final int VERSION = 1;

  /** How far a node is. */
  public enum Phase {
    /** It learns what the others hold. */
    JOINING(0),
    /** It takes clients. */
    READY(1),
    /** It leaves; this is its last heartbeat. */
    LEAVING(2),
    /** It takes no clients while a node lives that is too far apart in version. */
    KEPT_OUT(3);

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    /** A phase that a later version has added is read as one in which the node takes clients. */
    private static Phase of(int code) {
      for (Phase phase : values()) {
        if (phase.code == code) {
          return phase;
        }
      }
      return READY;
    }
  }

  /**
   * The state of a node's slice of the view.
   *
   * @param version counts the changes that were sent
   * @param digest equal slices have equal digests
   */
  public record SliceMark(long version, long digest) {
    /** A node that holds nothing and never did. */
    public static final SliceMark NOTHING = new SliceMark(0, 0);
  }

  /** Whether a node of this version understands the sender, and the sender it. */
  boolean isUnderstoodBy(int reader) {
    return areNeighbours(version, reader);
  }

  private static boolean areNeighbours(int version, int other) {
    return Math.abs(version - other) <= 1;
  }

  Payload encode() {
    PayloadWriter out =
        new PayloadWriter()
            .u8(version)
            .i64(number)
            .u8(phase.code)
            .name(label)
            .i32(peers)
            .i64(mark.version())
            .i64(mark.digest());
    tenants.writeTo(out);
    return out.u8(isTelling ? 1 : 0).payload();
  }

  /**
   * Reads a heartbeat. Fields that a later version has added are left unread. Of a version that the
   * reader does not understand, only the fields that are alike in every version are read.
   *
   * @param reader the version of the node that reads
   */
  static Heartbeat decode(Payload payload, int reader) throws IOException {
    PayloadReader in = new PayloadReader(payload);
    int version = in.u8();
    long number = in.i64();
    Phase phase = Phase.of(in.u8());
    String label = in.name();
    if (!areNeighbours(version, reader)) {
      return new Heartbeat(
          version, number, phase, false, label, 0, SliceMark.NOTHING, Tenants.NONE);
    }
    int peers = in.i32();
    SliceMark mark = new SliceMark(in.i64(), in.i64());
    Tenants tenants = Tenants.readFrom(in);
    boolean isTelling = in.hasMore() && in.u8() == 1;
    return new Heartbeat(version, number, phase, isTelling, label, peers, mark, tenants);
  }
}

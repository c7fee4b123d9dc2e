package io.carillon.message;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One life of one node: 128 random bits, drawn anew at every start. The incarnation makes a message
 * id unique; a node's label is only for people.
 */
public record Incarnation(long high, long low) {

  /** Draws a new incarnation. */
  public static Incarnation random(RandomGenerator random) {
    return new Incarnation(random.nextLong(), random.nextLong());
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}

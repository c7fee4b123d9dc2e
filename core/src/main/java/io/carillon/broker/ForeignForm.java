package io.carillon.broker;

/**
 * Another form beside Carillon's own, which every node reads.
 *
 * @param form the other form; what arrives in it is read
 * @param use whether this node's publications are written in it too
 */
public record ForeignForm(WireForm form, Use use) {

  /** What a node does with a foreign form. */
  public enum Use {
    /** Reads it and writes Carillon's own. */
    READ,
    /** Reads it and writes it, and not Carillon's own. */
    READ_AND_WRITE
  }
}

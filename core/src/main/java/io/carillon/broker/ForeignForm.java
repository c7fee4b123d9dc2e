package io.carillon.broker;

/**
 * Another form beside Carillon's own, which every node reads.
 *
 * @param form the other form; this node reads messages in it
 * @param use whether this node also writes its publications in it
 */
public record ForeignForm(WireForm form, Use use) {

  /** The use that a node makes of a foreign form. */
  public enum Use {
    /** Reads the foreign form and writes Carillon's own. */
    READ,
    /** Reads and writes the foreign form, and does not write Carillon's own. */
    READ_AND_WRITE
  }
}

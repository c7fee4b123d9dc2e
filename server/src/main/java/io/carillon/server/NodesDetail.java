package io.carillon.server;

/**
 * How much an answer tells of a cluster's nodes.
 *
 * @param incarnationDigits so many digits of each incarnation
 * @param hasFigures whether it tells how much each node holds
 * @param mostGone of so many nodes that have fallen silent, the last ones
 */
record NodesDetail(int incarnationDigits, boolean hasFigures, int mostGone) {

  private static final int ALL_DIGITS = 32;

  /** Enough to tell nodes apart. */
  private static final int FEW_DIGITS = 8;

  private static final int FEW_GONE = 20;

  /** For the operator: everything. */
  static final NodesDetail OPERATOR = new NodesDetail(ALL_DIGITS, true, Integer.MAX_VALUE);

  /** For visitors of the page who may see the figures. */
  static final NodesDetail FIGURES = new NodesDetail(FEW_DIGITS, true, FEW_GONE);

  /** For every visitor of the page. */
  static final NodesDetail NODES = new NodesDetail(FEW_DIGITS, false, FEW_GONE);
}

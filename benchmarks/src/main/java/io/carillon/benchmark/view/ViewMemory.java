package io.carillon.benchmark.view;

import java.util.List;

/**
 * The memory that one thing of another node takes on this node, in bytes.
 *
 * @param thing what it is
 * @param replica in the replica of that node's slice
 * @param roster in the rosters, on top
 * @param owner on the node that holds it, in its own slice
 * @param estimate the size that a slice reckons with
 */
record ViewMemory(String thing, double replica, double roster, double owner, double estimate) {

  /** Reads a line of the table that {@code ViewMemoryTable} prints. */
  static ViewMemory parse(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new ViewMemory(
        cells.get(0),
        Double.parseDouble(cells.get(1)),
        Double.parseDouble(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)));
  }
}

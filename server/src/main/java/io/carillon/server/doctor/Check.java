package io.carillon.server.doctor;

import io.carillon.part.Finding;
import java.util.List;

/** One kind of thing that is tried. May block; leaves nothing behind. */
public interface Check {

  /** What was found; a failure is a finding, too. */
  List<Finding> run();
}

package io.carillon.server.doctor;

import io.carillon.part.Finding;
import java.util.List;

/** One kind of check. May block; leaves nothing behind. */
public interface Check {

  /** The findings; a failure is a finding, too. */
  List<Finding> run();
}

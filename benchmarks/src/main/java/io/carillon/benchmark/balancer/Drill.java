package io.carillon.benchmark.balancer;

/** One fault or change, and what its clients see of it. */
interface Drill {

  /** A word for file names and for {@code DRILLS}. */
  String name();

  /** The head of its part of the page. */
  String title();

  /** One paragraph on what is done, and with how many clients. */
  String story();

  /**
   * Runs it and records its figures. Everything that it starts belongs to the scene, which ends
   * with the drill.
   */
  void run(Scene scene, Recorder recorder) throws Exception;
}

package io.carillon.benchmark.balancer;

import java.util.List;

/** The figures that most drills have: new connects, and the clients that were cut. */
final class Returns {

  private Returns() {}

  /** How the new clients fared since the fault. */
  static void ofNewcomers(Recorder recorder, Newcomers newcomers, long fault) {
    recorder.count("new connects", newcomers.attempts().size());
    recorder.figure(
        "until new connects all succeed within a second",
        newcomers.untilAllSucceed(fault) / 1e3,
        "s");
    recorder.figure("slowest new connect", newcomers.slowest() / 1e3, "s");
  }

  /** How long the clients that were cut had no connection. */
  static void ofClients(Recorder recorder, Clients clients) {
    List<Long> returns = clients.returns();
    if (!returns.isEmpty()) {
      recorder.figure("a cut client's outage, median", returns.get(returns.size() / 2) / 1e3, "s");
      recorder.figure("a cut client's outage, longest", returns.getLast() / 1e3, "s");
    }
  }
}

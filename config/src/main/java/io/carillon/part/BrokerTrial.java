package io.carillon.part;

import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;

/** Does everything with a broker that a node does, for {@link BrokerDriver#probe}. */
@FunctionalInterface
public interface BrokerTrial {

  /** The subject of all findings about brokers. */
  String SUBJECT = "broker";

  /**
   * Tries the broker, and leaves nothing behind. Blocks, for some connection timeouts at most.
   *
   * @return what has worked, in words for operators
   * @throws BrokerConfigurationException if a node would not start
   * @throws IOException if a node would start, and wait for the broker; both messages name the
   *     failure and its reason, without secrets
   */
  Finding run() throws IOException, InterruptedException;

  /**
   * Runs it.
   *
   * @param advice what to check if the broker can't be reached
   */
  static Finding find(BrokerTrial trial, String advice) {
    try {
      return trial.run();
    } catch (BrokerConfigurationException e) {
      return Finding.fail(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "a node would not start; mend that and try again");
    } catch (IOException e) {
      return Finding.fail(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "a node would start, and wait for it; " + advice);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.fail(SUBJECT, "interrupted", "try again");
    }
  }
}

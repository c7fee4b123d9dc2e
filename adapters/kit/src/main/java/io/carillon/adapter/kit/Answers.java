package io.carillon.adapter.kit;

import io.carillon.broker.PublishOutcome;

/**
 * Takes a broker's answers to the messages of one {@link Outlet}. Safe for use by many threads;
 * none of the methods blocks. A second answer to a message is ignored, and so is an answer after
 * the outlet is no longer used.
 */
public interface Answers {

  /** How the publications of one message ended. */
  void one(long number, PublishOutcome outcome);

  /** How those of all unanswered messages up to this one ended. */
  void upTo(long number, PublishOutcome outcome);
}

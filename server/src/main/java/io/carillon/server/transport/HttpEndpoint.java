package io.carillon.server.transport;

/**
 * Answers requests that have a body, or whose answer takes a moment. Called on event loops; never
 * blocks.
 */
public interface HttpEndpoint {

  /**
   * Decides by its head what becomes of a request. Nobody whom this refuses can make the node keep
   * a body.
   */
  HttpAdmission admit(HttpHead head);
}

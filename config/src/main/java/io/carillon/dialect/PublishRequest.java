package io.carillon.dialect;

/**
 * A POST that publishes a message.
 *
 * @param path the whole path, percent-encoded
 * @param query the query, percent-encoded; empty for none
 * @param authorization the value of the header; empty for none
 * @param json the body
 */
public record PublishRequest(String path, String query, String authorization, String json) {

  /** Without its secrets. */
  @Override
  public String toString() {
    return "POST " + path;
  }
}
